// report.html: which sections, in which order.
#include <nlohmann/json.hpp>

#include "model/verdict.h"
#include "page/page.h"
#include "report/digest.h"
#include "report/html/sections.h"
#include "report/report.h"

namespace harness {
namespace {

using namespace html;

/// `shown`: of the boot that is shown; where there is none (not `booted`), of one that never was.
std::vector<PageSection> sections_of(const RunRecord& record, const BootRecord& shown, bool booted,
                                     const PageMore& more) {
  std::vector<PageSection> sections;
  const auto add = [&](PageSection section) {
    if (!section.body.empty()) sections.push_back(std::move(section));
  };
  const bool passed = record.verdict.kind == VerdictKind::pass;
  // After a pass the checks say little. Where the guest itself came to a bad end, that is the cause
  // of what failed; where it did not, the checks that failed are.
  if (booted && !passed && shown.ending.kind == VerdictKind::pass) add(checks_section(record));
  // Tests that failed are the cause where the guest went on to its end.
  const bool by_tests = !failed_tests_of(record).empty();
  if (by_tests && shown.ending.kind == VerdictKind::fail) add(tests_section(record));
  if (booted && !passed) add(evidence_section(record, shown));
  if (by_tests && shown.ending.kind != VerdictKind::fail) add(tests_section(record));
  if (!passed && shown.ending.kind != VerdictKind::pass) add(checks_section(record));
  const bool worse = is_worse_than_its_verdict(record);
  if (!worse) add(made_section(record, shown));
  for (const PageSection& section : more.sections) add(section);
  if (worse) add(made_section(record, shown));
  add(stages_section(record, shown));
  add(curves_section(record, shown));
  add(power_cuts_section(record));
  add(profile_section(record, shown));
  if (passed) add(checks_section(record));
  add(numbers_section(record));
  for (const PageSection& section : more.below) add(section);
  if (!by_tests) add(tests_section(record));
  add(boots_section(record, shown));
  add(screen_section(record, shown));
  add(log_section(record, shown));
  add(memory_section(record, shown));
  add(reproduce_section(record));
  add(facts_section(record));
  return sections;
}

/// Two JSON objects as one; either may be empty.
std::string merged(const std::string& one, const std::string& other) {
  if (one.empty() || other.empty()) return one + other;
  auto both = nlohmann::ordered_json::parse(one);
  both.update(nlohmann::ordered_json::parse(other));
  return both.dump();
}

}  // namespace

std::string render_html(const RunRecord& record) { return render_html(record, PageMore{}); }

std::string render_html(const RunRecord& record, const PageMore& more) {
  std::string text;
  write_html(record, more, [&](std::string_view piece) { text += piece; });
  return text;
}

void write_html(const RunRecord& record, const PageMore& more, const PutText& put) {
  BootRecord none;
  none.ending.kind = VerdictKind::harness_error;
  const BootRecord* boot = shown_boot(record);
  write({.title = record.scenario + ": " + verdict_word(record),
         .headline = headline(record),
         .sections = sections_of(record, boot ? *boot : none, boot != nullptr, more),
         .data = merged(chart_data(record), more.chart_data),
         .version = record.uniharness_version},
        put);
}

}  // namespace harness
