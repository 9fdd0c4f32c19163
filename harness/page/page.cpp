// One file that needs nothing else. Every part is a section in a template (page.html); style and
// script are ours alone, and the page's own Content Security Policy names them by their hashes, so
// that a browser would run nothing else even if something got in.
#include "page/page.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/sha256.h"
#include "page/assets.h"

namespace harness::html {
namespace {

/// A style or a script of ours, and how the page's policy names it. A suite writes many pages, so
/// each is made once.
struct InlinePart {
  explicit InlinePart(const std::string& text)
      : markup(asset(text)), source(" 'sha256-" + base64(sha256_bytes_of(text)) + "'") {}
  Markup markup;
  std::string source;
};

/// A file of ours (assets.h) as it is.
template <const std::string_view& kFile>
const InlinePart& part() {
  static const InlinePart kPart{std::string(kFile)};
  return kPart;
}

const InlinePart& library_part() {
  static const InlinePart kPart("/*\n" + std::string(kChartLicence) + "\n*/\n" +
                                std::string(kChartLibrary));
  return kPart;
}

/// Nothing from the network (a live page asks its own server), nothing inline but the parts of that
/// hash, pictures from data: only, and no script may make markup out of text (Trusted Types with no
/// policy). https://www.w3.org/TR/CSP3/
std::string policy(const InlinePart& style, const std::vector<const InlinePart*>& scripts,
                   bool live) {
  std::string script_src = "script-src";
  for (const InlinePart* script : scripts) script_src += script->source;
  if (live) script_src += "; connect-src 'self'";
  return "default-src 'none'; style-src" + style.source + "; " + script_src +
         "; img-src data:; base-uri 'none'; form-action 'none'; "
         "require-trusted-types-for 'script'; trusted-types 'none'";
}

Markup menu(const std::vector<PageSection>& sections) {
  Markup items;
  for (const PageSection& section : sections) {
    items += element("a", attribute("href", "#" + std::string(section.id.text())), section.title);
  }
  return items;
}

void write_bodies(const std::vector<PageSection>& sections, const PutMarkup& put) {
  for (const PageSection& section : sections) {
    put("<section" + attribute("id", section.id.text()) + ">");
    put(element("h2", section.title) + "\n");
    put(section.body);
    if (section.rest) section.rest(put);
    put("</section>\n");
  }
}

/// Whether there is an element of ours that a script is for. Untrusted text has no such quotes.
bool has(const Page& page, std::string_view attribute) {
  return std::ranges::any_of(page.sections, [&](const PageSection& section) {
    return section.body.text().find(attribute) != std::string::npos;
  });
}

}  // namespace

Markup chart_place(const std::string& id) {
  return element("div", attribute("class", "charts") + attribute("id", id), {});
}

Markup moment(std::string_view utc) {
  return utc.empty() ? Markup() : element("time", attribute("datetime", utc), escaped(utc));
}

Markup table_tools(Literal of, Literal what, const std::vector<RowFilter>& filters) {
  Markup boxes;
  for (const RowFilter& filter : filters) {
    const Markup box = Markup("<input type=\"checkbox\"") +
                       (filter.shown ? Markup(" checked") : Markup()) +
                       attribute("value", filter.rows.text()) + "> " + filter.label;
    boxes += element("label", box);
  }
  const Markup search = Markup("<input type=\"search\"") + attribute("placeholder", what.text()) +
                        attribute("aria-label", what.text()) + ">";
  return element("div", " class=\"tools table-tools\" hidden" + attribute("data-of", of.text()),
                 search + element("span", " class=\"kinds\"", boxes) +
                     element("output", " aria-live=\"polite\"", {}));
}

void write(const Page& page, const PutText& put) {
  std::vector<const InlinePart*> scripts = {&part<kScript>()};
  if (has(page, " class=\"sortable\"")) scripts.push_back(&part<kTables>());
  if (has(page, " class=\"flame\"")) scripts.push_back(&part<kFlame>());
  Markup script;
  if (!page.data.empty()) {
    scripts.push_back(&library_part());
    scripts.push_back(&part<kCharts>());
    script = data_block("data", page.data);
  }
  if (!page.live.empty()) {
    scripts.push_back(&part<kLive>());
    script += data_block("state", nlohmann::json{{"version", page.live}}.dump());
  }
  for (const InlinePart* part : scripts) {
    script += element("script", part->markup);
    script += "\n";
  }
  Template::fill(
      kPage,
      {{"policy", escaped(policy(part<kStyle>(), scripts, !page.live.empty()))},
       {"title", escaped(page.title)},
       {"style", element("style", part<kStyle>().markup) + "\n"},
       {"headline", page.headline},
       {"menu", menu(page.sections)},
       {"sections", {}, [&](const PutMarkup& more) { write_bodies(page.sections, more); }},
       {"version", escaped(page.version)},
       {"script", script}},
      put);
}

std::string render(const Page& page) {
  std::string text;
  write(page, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace harness::html
