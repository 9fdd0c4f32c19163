// junit.xml of a suite: a <testsuite> per scenario file, a <testcase> per instance. What each check
// and boot of an instance said is in its own junit.xml.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "model/verdict.h"
#include "page/xml.h"
#include "report/suite_report.h"

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
      break;
  }
  return exit_status(result.verdict().kind) == ExitStatus::failed ? Element::failure
                                                                  : Element::error;
}

std::string case_element(const InstanceResult& result, bool allow_flaky, Totals& totals) {
  std::string text = "    <testcase" + xml_attribute("classname", result.scenario_file) +
                     xml_attribute("name", result.name) +
                     xml_attribute("time", seconds_text(result.wall())) + ">\n";
  ++totals.tests;
  totals.time += result.wall();
  const std::string message = xml_attribute("message", outcome_text(result));
  const Element element = element_of(result, allow_flaky);
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
  std::string suites;
  for (auto at = suite.instances.begin(); at != suite.instances.end();) {
    const std::string& file = at->scenario_file;
    Totals totals;
    std::string cases;
    for (; at != suite.instances.end() && at->scenario_file == file; ++at) {
      cases += case_element(*at, suite.allow_flaky, totals);
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
