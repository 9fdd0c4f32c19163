// summary.md: a suite for people. What went wrong stands first, with the way to its reports.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/listing.h"
#include "base/ranked.h"
#include "base/text.h"
#include "page/markdown_text.h"
#include "report/digest.h"
#include "report/suite_report.h"

namespace harness {
namespace {

std::string wall_cell(const InstanceResult& result) {
  return result.attempts.empty() ? "" : duration_text(result.wall());
}

constexpr std::size_t kSummaryPartBytes = 12'000, kSummaryCellBytes = 600, kNotesBytes = 4'000;
constexpr std::string_view kWholeSummary = "summary.json";

std::string summary_cell(std::string_view untrusted) {
  return markdown_text(shortened(untrusted, kSummaryCellBytes));
}

/// One part of the page: instances of one outcome, each with its evidence, as many as fit.
std::string part(const SuiteResult& suite, Outcome outcome, std::string_view title) {
  std::string body;
  std::size_t left_out = 0;
  for (const InstanceResult& result : suite.instances) {
    if (result.outcome != outcome) continue;
    std::string one =
        fmt::format("**{}**: {}<br>\nReports: {}\n\n", summary_cell(result.name),
                    summary_cell(outcome_text(result)), summary_cell(result.folder.string()));
    if (!result.attempts.empty() && !result.attempts.front().evidence.empty()) {
      one += markdown_block(printable_lines(result.attempts.front().evidence)) + "\n";
    }
    // The first is always told, however long.
    if (left_out > 0 || (!body.empty() && body.size() + one.size() > kSummaryPartBytes)) {
      ++left_out;
    } else {
      body += one;
    }
  }
  if (left_out > 0) {
    body += fmt::format("And {} more; {} has all.\n", grouped(left_out), kWholeSummary);
  }
  return markdown_section(title, body);
}

std::string all_instances(const SuiteResult& suite) {
  std::vector<const InstanceResult*> order;
  order.reserve(suite.instances.size());
  for (const InstanceResult& result : suite.instances) order.push_back(&result);
  // Where not all fit, those that passed are left out.
  order = ranked(std::move(order),
                 [](const InstanceResult* result) { return result->outcome == Outcome::passed; });
  std::vector<std::vector<std::string>> rows;
  rows.reserve(order.size());
  for (const InstanceResult* result : order) {
    rows.push_back({summary_cell(result->name), outcome_name(result->outcome),
                    summary_cell(outcome_text(*result)), wall_cell(*result)});
  }
  return markdown_section(
      "All instances",
      markdown_table_within({{"Instance"}, {"Outcome"}, {"Verdict"}, {"Time", true}}, rows,
                            kSummaryPartBytes, kWholeSummary));
}

std::string notes(const SuiteResult& suite) {
  std::string body;
  std::size_t left_out = 0;
  for (const std::string& note : suite.notes) {
    if (body.size() > kNotesBytes) {
      ++left_out;
    } else {
      body += "- " + summary_cell(note) + "\n";
    }
  }
  if (left_out > 0) body += fmt::format("- and {} more\n", grouped(left_out));
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
       {part(suite, Outcome::lost, "Lost"), part(suite, Outcome::failed, "Failed"),
        part(suite, Outcome::flaky, "Flaky"), part(suite, Outcome::quarantined, "Quarantined"),
        notes(suite), all_instances(suite)}) {
    if (!section.empty()) text += "\n" + section;
  }
  return text;
}

}  // namespace harness
