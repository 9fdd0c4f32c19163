// report.html: one file that needs nothing else. Every part is a section (sections.h) in a template
// (page.html); style and script are ours alone, and the page's own Content Security Policy names
// them by their hashes, so that a browser would run nothing else even if something got in.
#include "base/base64.h"
#include "base/sha256.h"
#include "record/verdict.h"
#include "report/digest.h"
#include "report/html/assets.h"
#include "report/html/sections.h"
#include "report/report.h"

namespace harness {
namespace {

using namespace html;

std::string hash_source(std::string_view text) {
  return " 'sha256-" + base64(sha256_bytes_of(text)) + "'";
}

/// Nothing from the network, nothing inline but the parts of that hash, pictures from data: only,
/// and no script may make markup out of text (Trusted Types with no policy).
/// https://www.w3.org/TR/CSP3/
std::string policy(const std::vector<std::string_view>& styles,
                   const std::vector<std::string_view>& scripts) {
  std::string style_src = "style-src", script_src = "script-src";
  for (const std::string_view style : styles) style_src += hash_source(style);
  for (const std::string_view script : scripts) script_src += hash_source(script);
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

std::vector<Section> sections_of(const RunRecord& record, const std::vector<Section>& more) {
  BootRecord none;
  none.ending.kind = VerdictKind::harness_error;
  const BootRecord* boot = shown_boot(record);
  const BootRecord& shown = boot ? *boot : none;
  std::vector<Section> sections;
  const auto add = [&](Section section) {
    if (!section.body.empty()) sections.push_back(std::move(section));
  };
  const bool passed = record.verdict.kind == VerdictKind::pass;
  // After a pass the checks say little. Where the guest itself came to a bad end, that is the cause
  // of what failed; where it did not, the checks that failed are.
  if (boot && !passed && shown.ending.kind == VerdictKind::pass) add(checks_section(record));
  if (boot && !passed) add(evidence_section(record, shown));
  if (!passed && shown.ending.kind != VerdictKind::pass) add(checks_section(record));
  for (const Section& section : more) add(section);
  add(profile_section(record, shown));
  if (passed) add(checks_section(record));
  add(numbers_section(record));
  add(tests_section(record));
  add(boots_section(record, shown));
  add(screen_section(record, shown));
  add(log_section(record, shown));
  add(memory_section(record, shown));
  add(reproduce_section(record));
  add(facts_section(record));
  return sections;
}

}  // namespace

std::string render_html(const RunRecord& record) { return render_html(record, {}); }

std::string render_html(const RunRecord& record, const std::vector<html::Section>& more) {
  const std::vector<Section> sections = sections_of(record, more);
  const std::string data = chart_data(record);
  const std::string library =
      "/*\n" + std::string(kChartLicence) + "\n*/\n" + std::string(kChartLibrary);
  std::vector<std::string_view> styles = {kStyle}, scripts = {kScript};
  if (!data.empty()) {
    styles.push_back(kChartStyle);
    scripts.push_back(library);
    scripts.push_back(kCharts);
  }
  Markup style, script = data.empty() ? Markup() : data_block("data", data);
  for (const std::string_view text : styles) style += element("style", asset(text)) + "\n";
  for (const std::string_view text : scripts) script += element("script", asset(text)) + "\n";
  return Template::fill(
      kPage, {{"policy", escaped(policy(styles, scripts))},
              {"title", escaped(record.scenario + ": " + verdict_word(record.verdict.kind))},
              {"style", style},
              {"headline", headline(record)},
              {"menu", menu(sections)},
              {"sections", bodies(sections)},
              {"version", escaped(record.uniharness_version)},
              {"script", script}});
}

}  // namespace harness
