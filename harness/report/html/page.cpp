// One file that needs nothing else. Every part is a section in a template (page.html); style and
// script are ours alone, and the page's own Content Security Policy names them by their hashes, so
// that a browser would run nothing else even if something got in.
#include "report/html/page.h"

#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/sha256.h"
#include "report/html/assets.h"

namespace harness::html {
namespace {

std::string hash_source(std::string_view text) {
  return " 'sha256-" + base64(sha256_bytes_of(text)) + "'";
}

/// Nothing from the network (a live page asks its own server), nothing inline but the parts of that
/// hash, pictures from data: only,
/// and no script may make markup out of text (Trusted Types with no policy).
/// https://www.w3.org/TR/CSP3/
std::string policy(const std::vector<std::string_view>& styles,
                   const std::vector<std::string_view>& scripts, bool live) {
  std::string style_src = "style-src", script_src = "script-src";
  for (const std::string_view style : styles) style_src += hash_source(style);
  for (const std::string_view script : scripts) script_src += hash_source(script);
  if (live) script_src += "; connect-src 'self'";
  return "default-src 'none'; " + style_src + "; " + script_src +
         "; img-src data:; base-uri 'none'; form-action 'none'; "
         "require-trusted-types-for 'script'; trusted-types 'none'";
}

Markup menu(const std::vector<Section>& sections) {
  Markup items;
  for (const Section& section : sections) {
    items += element("a", attribute("href", "#" + std::string(section.id.text())), section.title);
  }
  return items;
}

Markup bodies(const std::vector<Section>& sections) {
  Markup markup;
  for (const Section& section : sections) {
    markup += element("section", attribute("id", section.id.text()),
                      element("h2", section.title) + "\n" + section.body);
    markup += "\n";
  }
  return markup;
}

}  // namespace

Markup chart_place(const std::string& id) {
  return element("div", attribute("class", "charts") + attribute("id", id), {});
}

std::string render(const Page& page) {
  const std::string library =
      "/*\n" + std::string(kChartLicence) + "\n*/\n" + std::string(kChartLibrary);
  std::vector<std::string_view> styles = {kStyle}, scripts = {kScript};
  Markup script;
  if (!page.data.empty()) {
    scripts.push_back(library);
    scripts.push_back(kCharts);
    script = data_block("data", page.data);
  }
  if (!page.live.empty()) {
    scripts.push_back(kLive);
    script += data_block("state", nlohmann::json{{"version", page.live}}.dump());
  }
  Markup style;
  for (const std::string_view text : styles) style += element("style", asset(text)) + "\n";
  for (const std::string_view text : scripts) script += element("script", asset(text)) + "\n";
  return Template::fill(kPage, {{"policy", escaped(policy(styles, scripts, !page.live.empty()))},
                                {"title", escaped(page.title)},
                                {"style", style},
                                {"headline", page.headline},
                                {"menu", menu(page.sections)},
                                {"sections", bodies(page.sections)},
                                {"version", escaped(page.version)},
                                {"script", script}});
}

}  // namespace harness::html
