#include "report/test_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "model/verdict.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/test_failure.h"

namespace harness {
namespace {

/// What a verdict is as a case: the exit status says whose fault it was.
CaseOutcome outcome_of(VerdictKind kind) {
  if (kind == VerdictKind::skip) return CaseOutcome::skipped;
  switch (exit_status(kind)) {
    case ExitStatus::pass:
      return CaseOutcome::passed;
    case ExitStatus::failed:
      return CaseOutcome::failure;
    default:
      return CaseOutcome::error;
  }
}

TestCase check_case(const Finding& finding) {
  TestCase test{.group = "checks", .name = finding.check, .message = finding.reason};
  if (finding.status != FindingStatus::pass) {
    const bool failed = finding.status == FindingStatus::fail;
    test.outcome = failed ? CaseOutcome::failure : CaseOutcome::error;
    test.type = failed ? "check" : "invalid";
  }
  test.at = finding.at;
  if (!finding.at.file.empty()) test.file = finding.at.text();
  test.output = finding.figure;
  return test;
}

/// What the guest printed for a test that failed.
std::string details_of(const BootRecord& boot, const TestResult& test) {
  const TestFailure failure = failure_of(boot, test);
  std::string text;
  if (!failure.file.empty()) text += fmt::format("\n{}:{}", failure.file, failure.line);
  for (const std::string& line : failure.output) text += "\n" + line;
  return text;
}

TestCase guest_case(const RunRecord& record, const TestOverBoots& over, bool detailed) {
  TestCase test{.group = "guest", .name = over.shown.name};
  const wire::Status status = over.shown.status;
  const std::string word = wire::status_name(status);
  test.message = fmt::format("the guest says {} in boot {}", word, over.boot);
  if (over.shown.result) test.message += ", result " + *over.shown.result;
  if (status == wire::Status::skip) {
    test.outcome = CaseOutcome::skipped;
  } else if (status == wire::Status::fail && record.verdict.kind == VerdictKind::pass) {
    test.output = test.message + ", as the scenario wants";
  } else if (status == wire::Status::fail) {
    test.outcome = CaseOutcome::failure;
    test.type = "test";
    if (detailed) test.details = details_of(boot_of(record, over.boot), over.shown);
  }
  return test;
}

/// Whether the tests of a boot say all that its ending says.
bool failed_by_tests(const BootRecord& boot) {
  return boot.ending.kind == VerdictKind::fail &&
         std::ranges::any_of(boot.events.tests, [](const TestResult& test) {
           return test.status == wire::Status::fail;
         });
}

TestCase boot_case(const RunRecord& record, const BootRecord& boot) {
  constexpr std::size_t kTail = 40;
  TestCase test{.group = "boots", .name = fmt::format("boot {}", boot.index)};
  const VerdictKind kind = boot.ending.kind;
  const std::string_view name = verdict_name(kind);
  test.message = fmt::format("ended with {}", name);
  if (!boot.ending.reason.empty()) test.message += ": " + boot.ending.reason;
  if (boot.trace.wall > boot.trace.wall.zero()) test.time = boot.trace.wall;
  const bool skipped = kind == VerdictKind::skip && record.verdict.kind != VerdictKind::pass;
  // One fault is one failure: its tests are red for it.
  const bool said = !ending_accepted(record, boot) && failed_by_tests(boot);
  if (skipped || said) {
    test.outcome = CaseOutcome::skipped;
  } else if (!ending_accepted(record, boot)) {
    // A boot that passed where another ending was wanted is a failure, too.
    test.outcome = kind == VerdictKind::pass ? CaseOutcome::failure : outcome_of(kind);
    test.type = std::string(name);
    test.output = tail_of(boot.trace.serial, kTail);
    if (boot.crash_site) {
      for (const std::string& line : crash_and_register_lines(*boot.crash_site)) {
        test.details += "\n" + line;
      }
    }
  } else {
    test.output = test.message;
  }
  return test;
}

/// The run as a whole, so that a verdict which is in no single check or boot is not lost.
TestCase verdict_case(const RunRecord& record) {
  const VerdictKind kind = record.verdict.kind;
  return {.group = "run",
          .name = "verdict",
          .outcome = outcome_of(kind),
          .type = std::string(verdict_name(kind)),
          .message = fmt::format("{}{}{}", verdict_name(kind),
                                 record.verdict.reason.empty() ? "" : ": ", record.verdict.reason)};
}

}  // namespace

void number_namesakes(std::vector<TestCase>& tests) {
  std::map<std::pair<std::string, std::string>, int> seen;
  for (TestCase& test : tests) {
    const int count = ++seen[{test.group, test.name}];
    if (count > 1) test.name += fmt::format(" ({})", count);
  }
}

std::vector<TestCase> test_cases_of(const RunRecord& record) {
  constexpr std::size_t kDetailed = 200;  // failed tests with what was printed for them
  std::vector<TestCase> tests;
  tests.reserve(record.boots.size() + record.findings.size() + 1);
  for (const BootRecord& boot : record.boots) tests.push_back(boot_case(record, boot));
  std::size_t failed = 0;
  for (const TestOverBoots& test : tests_over_boots(record)) {
    failed += test.shown.status == wire::Status::fail;
    tests.push_back(guest_case(record, test, failed <= kDetailed));
  }
  for (const Finding& finding : record.findings) tests.push_back(check_case(finding));
  // One fault is one failure: where a case is red for it, the run as a whole is not so again.
  TestCase verdict = verdict_case(record);
  const bool red = verdict.outcome == CaseOutcome::failure || verdict.outcome == CaseOutcome::error;
  const bool said =
      red && std::ranges::find(tests, verdict.outcome, &TestCase::outcome) != tests.end();
  if (!said) tests.insert(tests.begin(), std::move(verdict));
  return tests;
}

}  // namespace harness
