// summary.md: a suite for people. What went wrong stands first, with the way to its reports.
#include <fmt/format.h>

#include "base/format.h"
#include "base/text.h"
#include "page/markdown_text.h"
#include "report/digest.h"
#include "report/suite_report.h"

namespace harness {
namespace {

std::string wall_cell(const InstanceResult& result) {
  return result.attempts.empty() ? "" : duration_text(result.wall());
}

/// One part of the page: all instances of one outcome, each with its evidence.
std::string part(const SuiteResult& suite, Outcome outcome, std::string_view title) {
  std::string body;
  for (const InstanceResult& result : suite.instances) {
    if (result.outcome != outcome) continue;
    body += fmt::format("**{}**: {}<br>\nReports: {}\n\n", markdown_text(result.name),
                        markdown_text(outcome_text(result)), markdown_text(result.folder.string()));
    if (!result.attempts.empty() && !result.attempts.front().evidence.empty()) {
      body += markdown_block(printable_lines(result.attempts.front().evidence)) + "\n";
    }
  }
  return markdown_section(title, body);
}

std::string all_instances(const SuiteResult& suite) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(suite.instances.size());
  for (const InstanceResult& result : suite.instances) {
    rows.push_back({markdown_text(result.name), outcome_name(result.outcome),
                    markdown_text(outcome_text(result)), wall_cell(result)});
  }
  return markdown_section(
      "All instances",
      markdown_table({{"Instance"}, {"Outcome"}, {"Verdict"}, {"Time", true}}, rows));
}

std::string notes(const SuiteResult& suite) {
  std::string body;
  for (const std::string& note : suite.notes) body += "- " + markdown_text(note) + "\n";
  return markdown_section("Notes", body);
}

}  // namespace

std::string render_suite_markdown(const SuiteResult& suite) {
  std::string text = fmt::format(
      "# Suite: {}\n\n**{}**: {} · {} in {}, {} at once · exit status {} · {}\n",
      suite.status == ExitStatus::pass ? "PASS" : "FAIL",
      suite.status == ExitStatus::pass ? "PASS" : "FAIL", markdown_text(counts_text(suite)),
      count_of(suite.instances.size(), "instance"), duration_text(suite.wall), suite.jobs,
      static_cast<int>(suite.status), markdown_text(suite.started_at));
  for (const std::string& section :
       {part(suite, Outcome::failed, "Failed"), part(suite, Outcome::flaky, "Flaky"),
        part(suite, Outcome::quarantined, "Quarantined"), notes(suite), all_instances(suite)}) {
    if (!section.empty()) text += "\n" + section;
  }
  return text;
}

}  // namespace harness
