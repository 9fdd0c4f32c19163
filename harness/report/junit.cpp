// junit.xml, in the dialect that Jenkins and GitLab both read: testsuites > testsuite > testcase,
// with failure for what the guest did and error for what could not be judged. The file is red
// exactly when the command's exit status is: a guest test that fails as the scenario wants is not.
#include <fmt/format.h>

#include <map>

#include "base/format.h"
#include "page/xml.h"
#include "report/digest.h"
#include "report/report.h"
#include "report/test_cases.h"

namespace harness {
namespace {

std::string outcome_element(const TestCase& test) {
  if (test.outcome == CaseOutcome::passed) return {};
  const std::string message = xml_attribute("message", test.message);
  if (test.outcome == CaseOutcome::skipped) return fmt::format("      <skipped{}/>\n", message);
  const char* name = test.outcome == CaseOutcome::failure ? "failure" : "error";
  const std::string place = test.file.empty() ? "" : "\nasked for in " + test.file;
  return fmt::format("      <{}{}{}>{}</{}>\n", name, message, xml_attribute("type", test.type),
                     xml_text(test.message + place + test.details, false), name);
}

std::string case_element(const RunRecord& record, const TestCase& test) {
  std::string text = "    <testcase";
  text += xml_attribute("classname", record.scenario + "." + test.group);
  text += xml_attribute("name", test.name);
  if (test.time) text += xml_attribute("time", seconds_text(*test.time));
  const std::string inside =
      outcome_element(test) + xml_element("      ", "system-out", test.output);
  return inside.empty() ? text + "/>\n" : text + ">\n" + inside + "    </testcase>\n";
}

std::string properties(const RunRecord& record) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text +=
        "      <property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>\n";
  };
  const Fingerprint& print = record.fingerprint;
  add("scenario_file", record.scenario_file);
  add("unit", unit_of(record));
  add("qemu", print.qemu_version);
  add("arch", print.arch);
  add("machine", print.model);
  add("accelerator", print.accel);
  add("cpu", print.cpu);
  add("options", print.options);
  add("image_sha256", print.image_sha256);
  add("compiler", print.compiler);
  add("uniharness", record.uniharness_version);
  return "    <properties>\n" + text + "    </properties>\n";
}

enum class Level { root, suite };

/// Counts and time. The strictest schema in use (Jenkins' xUnit plugin, junit-10.xsd) has no
/// "skipped" on the root.
std::string totals(const std::vector<TestCase>& tests, const RunRecord& record, Level level) {
  std::map<CaseOutcome, std::size_t> of;
  for (const TestCase& test : tests) ++of[test.outcome];
  std::string text = fmt::format(" tests=\"{}\" failures=\"{}\" errors=\"{}\"", tests.size(),
                                 of[CaseOutcome::failure], of[CaseOutcome::error]);
  if (level == Level::suite) text += fmt::format(" skipped=\"{}\"", of[CaseOutcome::skipped]);
  if (const auto wall = total_wall(record)) text += xml_attribute("time", seconds_text(*wall));
  return text;
}

/// JUnit's time stamps are UTC without saying so.
std::string timestamp(const std::string& started_at) {
  if (started_at.empty()) return {};
  const bool zulu = started_at.ends_with('Z');
  return xml_attribute("timestamp", started_at.substr(0, started_at.size() - (zulu ? 1 : 0)));
}

}  // namespace

std::string render_junit(const RunRecord& record) { return render_junit(record, {}); }

std::string render_junit(const RunRecord& record, const std::vector<JunitCase>& more) {
  constexpr std::size_t kTail = 100;
  std::vector<TestCase> tests = test_cases_of(record);
  for (const JunitCase& one : more) {
    const bool failure = one.kind == JunitCase::Kind::failure;
    const bool passed = one.kind == JunitCase::Kind::passed;
    tests.push_back({.group = "gate",
                     .name = one.name,
                     .outcome = passed    ? CaseOutcome::passed
                                : failure ? CaseOutcome::failure
                                          : CaseOutcome::error,
                     .type = "gate",
                     .message = one.message});
  }
  number_namesakes(tests);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += "<testsuites name=\"uniharness\"" + totals(tests, record, Level::root) + ">\n";
  text += "  <testsuite" + xml_attribute("name", record.scenario) +
          totals(tests, record, Level::suite) + timestamp(record.started_at) + ">\n";
  text += properties(record);
  for (const TestCase& test : tests) text += case_element(record, test);
  if (const BootRecord* boot = shown_boot(record)) {
    text += xml_element("    ", "system-out", tail_of(boot->trace.serial, kTail));
    text += xml_element("    ", "system-err", tail_of(boot->trace.stderr_text, kTail));
  }
  return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace harness
