#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/format.h"
#include "base/ranked.h"
#include "base/text.h"
#include "model/verdict.h"
#include "record/brief_reason.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/suite_json.h"
#include "report/suite_report.h"
#include "report/test_failure.h"
#include "suite/outcome.h"

namespace harness {
namespace {

// To add a format: write one function, add one row.
constexpr std::array kFormats = {
    SuiteFormat{"index.html", render_suite_html},
    SuiteFormat{"junit.xml", render_suite_junit},
    SuiteFormat{"summary.json", render_suite_json},
    SuiteFormat{"summary.md", render_suite_markdown},
};

/// Bytes of one part of a failure's evidence, about.
constexpr std::size_t kEvidencePart = 2048;

/// The last lines of untrusted text, whole ones.
std::string last_words(std::string_view title, std::string_view untrusted) {
  std::string said = tail_of(untrusted, 20);
  if (said.empty()) return {};
  if (said.size() > kEvidencePart) {
    const std::size_t line = said.find('\n', said.size() - kEvidencePart);
    said = "[...]\n" + said.substr(line + 1);
  }
  return fmt::format("{}\n{}", title, said);
}

std::string verdict_text(const Verdict& verdict) {
  const std::string_view name = verdict_name(verdict.kind);
  return verdict.reason.empty() ? std::string(name)
                                : fmt::format("{}: {}", name, without_registers(verdict.reason));
}

}  // namespace

std::span<const SuiteFormat> suite_formats() { return kFormats; }

std::string failure_evidence(const RunRecord& record) {
  constexpr std::size_t kChecks = 10, kTests = 5, kTestLines = 4;
  std::string text;
  const BootRecord* boot = shown_boot(record);
  const std::vector<TestOverBoots> tests = failed_tests_of(record);
  // The place of a crash stands first: the checks that failed did so because of it.
  if (const std::string place = first_place(record); tests.empty() && !place.empty()) {
    text += place + "\n";
  }
  std::size_t failed = 0;
  for (const Finding& finding : record.findings) {
    if (finding.status == FindingStatus::pass || failed++ >= kChecks) continue;
    text += finding.check + ": " + finding.reason.substr(0, kEvidencePart / kChecks);
    if (!finding.at.file.empty()) text += " (" + finding.at.text() + ")";
    text += "\n";
  }
  if (failed > kChecks) text += fmt::format("... and {} more\n", failed - kChecks);
  for (std::size_t i = 0; i < std::min(tests.size(), kTests); ++i) {
    const TestFailure failure = failure_of(boot_of(record, tests[i].boot), tests[i].shown);
    text += "test " + tests[i].shown.name + " failed";
    if (!failure.file.empty()) text += fmt::format(" at {}:{}", failure.file, failure.line);
    text += "\n";
    for (const std::string& line : shown_lines(failure, kTestLines)) text += "  " + line + "\n";
  }
  if (tests.size() > kTests) text += fmt::format("... and {} more tests\n", tests.size() - kTests);
  if (boot != nullptr && boot->crash_site) {
    for (const std::string& line : crash_lines(*boot->crash_site)) text += line + "\n";
  }
  if (boot != nullptr && !ending_accepted(record, *boot)) {
    text += last_words(fmt::format("boot {} said last:", boot->index), boot->trace.serial);
    text += last_words("QEMU said:", boot->trace.stderr_text);
  }
  return printable_lines(text);
}

std::vector<GuestTest> guest_tests(const RunRecord& record) {
  constexpr std::size_t kDetailed = 20;
  std::vector<TestOverBoots> tests = tests_over_boots(record);
  // Where not all are kept, those that failed are.
  tests = ranked(std::move(tests),
                 [](const TestOverBoots& test) { return test.shown.status != wire::Status::fail; });
  std::vector<GuestTest> kept;
  std::size_t failed = 0;
  for (const TestOverBoots& test : tests) {
    if (kept.size() == kMaxGuestTests) break;
    GuestTest& one = kept.emplace_back(printable(test.shown.name), test.shown.status);
    if (one.status != wire::Status::fail || failed++ >= kDetailed) continue;
    const TestFailure failure = failure_of(boot_of(record, test.boot), test.shown);
    if (!failure.file.empty()) {
      one.details = fmt::format("{}:{}\n", printable(failure.file), failure.line);
    }
    for (const std::string& line : shown_lines(failure, 12)) {
      if (one.details.size() + line.size() < kEvidencePart) one.details += line + "\n";
    }
  }
  return kept;
}

std::string outcome_text(const InstanceResult& result) {
  switch (result.outcome) {
    case Outcome::not_run:
      return "not run";
    case Outcome::passed:
    case Outcome::skipped:
      return verdict_text(result.verdict());
    case Outcome::lost:
      return "lost: " + result.verdict().reason;
    case Outcome::failed:
      if (result.attempts.size() == 1) return verdict_text(result.verdict());
      return fmt::format("{} (and in {} more)", verdict_text(result.verdict()),
                         count_of(result.attempts.size() - 1, "attempt"));
    case Outcome::flaky:
      return fmt::format("{}; attempt {} passed", verdict_text(result.verdict()),
                         result.attempts.size());
    case Outcome::quarantined:
      return fmt::format("{} (quarantined {})", verdict_text(result.verdict()), result.quarantine);
  }
  return {};
}

std::string counts_text(const SuiteResult& suite) {
  constexpr std::string_view kWords[] = {"passed",      "skipped", "failed", "flaky",
                                         "quarantined", "not run", "lost"};
  const auto counts = count_outcomes(suite.instances);
  std::string text;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    if (counts[i] == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", grouped(counts[i]), kWords[i]);
  }
  return text;
}

std::vector<std::size_t> slowest(const SuiteResult& suite, std::size_t most) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < suite.instances.size(); ++i) {
    if (suite.instances[i].outcome != Outcome::not_run) order.push_back(i);
  }
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    const auto first = suite.instances[a].wall(), second = suite.instances[b].wall();
    return first != second ? first > second : a < b;
  });
  order.resize(std::min(order.size(), most));
  return order;
}

}  // namespace harness
