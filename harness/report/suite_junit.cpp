// junit.xml of a suite: a <testsuite> per scenario file, a <testcase> per instance and per test of
// its guest. What each check and boot of an instance said is in its own junit.xml. A flaky instance
// that may be so passes, with a flakyFailure for each attempt that did not; where a failure counts,
// a rerunFailure stands for each further attempt that failed.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "model/verdict.h"
#include "page/xml.h"
#include "report/suite_report.h"
#include "suite/outcome.h"

namespace harness {
namespace {

struct Totals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::chrono::nanoseconds time{0};
};

enum class Element { none, skipped, failure, error };

Element element_of(const InstanceResult& result, bool allow_flaky) {
  switch (result.outcome) {
    case Outcome::passed:
      return Element::none;
    case Outcome::skipped:
    case Outcome::quarantined:
    case Outcome::not_run:
      return Element::skipped;
    case Outcome::flaky:
      return allow_flaky ? Element::none : Element::failure;
    case Outcome::failed:
    case Outcome::lost:
      break;
  }
  return exit_status(result.verdict().kind) == ExitStatus::failed ? Element::failure
                                                                  : Element::error;
}

/// An attempt beside the one that decides, in the form of Maven's Surefire: `flaky` where another
/// one passed, `rerun` where none did.
std::string other_attempt(const Attempt& attempt, std::string_view prefix) {
  const bool failure = exit_status(attempt.verdict.kind) == ExitStatus::failed;
  const std::string name = std::string(prefix) + (failure ? "Failure" : "Error");
  const std::string reason = attempt.verdict.reason;
  const std::string kind(verdict_name(attempt.verdict.kind));
  const std::string message = reason.empty() ? kind : kind + ": " + reason;
  return fmt::format(
      "      <{}{}{}>\n{}      </{}>\n", name, xml_attribute("message", message),
      xml_attribute("type", kind),
      xml_element("        ", "stackTrace", attempt.evidence.empty() ? message : attempt.evidence),
      name);
}

/// Failed attempts that the outcome of the instance does not say.
std::string other_attempts(const InstanceResult& result, Element element) {
  std::string text;
  if (result.attempts.size() < 2 || element == Element::skipped) return text;
  const bool passed = element == Element::none;
  for (std::size_t i = passed ? 0 : 1; i < result.attempts.size(); ++i) {
    const Attempt& attempt = result.attempts[i];
    if (is_failure(attempt)) text += other_attempt(attempt, passed ? "flaky" : "rerun");
  }
  return text;
}

bool failed_by_tests(const InstanceResult& result) {
  return result.outcome == Outcome::failed && result.verdict().kind == VerdictKind::fail &&
         std::ranges::find(result.attempts.front().tests, wire::Status::fail, &GuestTest::status) !=
             result.attempts.front().tests.end();
}

/// One test of the guest's. A failure counts where the instance failed: not in one that is
/// quarantined, flaky, or wants it.
std::string test_element(const InstanceResult& result, const GuestTest& test, Totals& totals) {
  ++totals.tests;
  std::string text =
      "    <testcase" + xml_attribute("classname", result.name) + xml_attribute("name", test.name);
  const std::string word = wire::status_name(test.status);
  const bool counts = test.status == wire::Status::fail && result.outcome == Outcome::failed;
  const bool wanted = test.status == wire::Status::fail && result.outcome == Outcome::passed;
  if (test.status == wire::Status::pass || wanted) return text + "/>\n";
  if (!counts) {
    ++totals.skipped;
    const std::string note = test.status == wire::Status::skip
                                 ? word
                                 : fmt::format("{}, {}", word, outcome_name(result.outcome));
    return text + ">\n      <skipped" + xml_attribute("message", note) + "/>\n    </testcase>\n";
  }
  ++totals.failures;
  std::string_view reason = test.details;
  reason = reason.substr(0, reason.find('\n'));
  const std::string message = reason.empty() ? "the guest says fail" : std::string(reason);
  return text + ">\n      <failure" + xml_attribute("message", message) +
         xml_attribute("type", "test") + ">" + xml_text(test.details, false) +
         "</failure>\n    </testcase>\n";
}

std::string case_element(const InstanceResult& result, bool allow_flaky, Totals& totals) {
  std::string text = "    <testcase" + xml_attribute("classname", result.scenario_file) +
                     xml_attribute("name", result.name) +
                     xml_attribute("time", seconds_text(result.wall())) + ">\n";
  ++totals.tests;
  totals.time += result.wall();
  const std::string message = xml_attribute("message", outcome_text(result));
  // One fault is one failure: where tests of the guest are red for it, the instance is not so
  // again.
  const Element element =
      failed_by_tests(result) ? Element::skipped : element_of(result, allow_flaky);
  if (element == Element::skipped) {
    ++totals.skipped;
    text += "      <skipped" + message + "/>\n";
  } else if (element != Element::none) {
    ++(element == Element::failure ? totals.failures : totals.errors);
    const bool flaky = result.outcome == Outcome::flaky;
    const std::string type = flaky ? "flaky" : std::string(verdict_name(result.verdict().kind));
    const char* const name = element == Element::failure ? "failure" : "error";
    text += fmt::format("      <{}{}{}>{}</{}>\n", name, message, xml_attribute("type", type),
                        xml_text(result.attempts.front().evidence, false), name);
  }
  text += other_attempts(result, element);
  const std::string note = fmt::format("{}: {}\nreports: {}", outcome_name(result.outcome),
                                       outcome_text(result), result.folder.string());
  return text + xml_element("      ", "system-out", note) + "    </testcase>\n";
}

std::string counts(const Totals& totals) {
  return fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\"", totals.tests, totals.failures,
                     totals.errors);
}

}  // namespace

std::string render_suite_junit(const SuiteResult& suite) {
  Totals all;
  std::size_t written = 0;  // tests of guests
  std::string suites;
  for (auto at = suite.instances.begin(); at != suite.instances.end();) {
    const std::string& file = at->scenario_file;
    Totals totals;
    std::string cases;
    for (; at != suite.instances.end() && at->scenario_file == file; ++at) {
      cases += case_element(*at, suite.allow_flaky, totals);
      if (at->attempts.empty()) continue;
      for (const GuestTest& test : at->attempts.front().tests) {
        // Those that failed come first, and are all written.
        if (written >= kMaxSuiteCases && test.status != wire::Status::fail) break;
        cases += test_element(*at, test, totals);
        ++written;
      }
    }
    suites += "  <testsuite" + xml_attribute("name", file) + counts(totals) +
              fmt::format(" skipped=\"{}\"", totals.skipped) +
              xml_attribute("time", seconds_text(totals.time)) + ">\n" + cases + "  </testsuite>\n";
    all.tests += totals.tests;
    all.failures += totals.failures;
    all.errors += totals.errors;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"uniharness\"" +
         counts(all) + xml_attribute("time", seconds_text(suite.wall)) + ">\n" + suites +
         "</testsuites>\n";
}

}  // namespace harness
