// junit.xml, in the dialect that Jenkins and GitLab both read: testsuites > testsuite > testcase,
// with failure for what the guest did and error for what could not be judged. The file is red
// exactly when the command's exit status is: a guest test that fails as the scenario wants is not.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/format.h"
#include "base/text.h"
#include "model/verdict.h"
#include "page/xml.h"
#include "report/crash.h"
#include "report/digest.h"
#include "report/report.h"
#include "report/test_failure.h"

namespace harness {
namespace {

enum class CaseOutcome { passed, skipped, failure, error };

struct TestCase {
  std::string group = {};  // checks, guest, boots, run
  std::string name = {};
  CaseOutcome outcome = CaseOutcome::passed;
  std::string type = {};     // of a failure or an error
  std::string message = {};  // one sentence
  std::string file = {};     // where the scenario asks for it
  std::optional<std::chrono::nanoseconds> time = {};
  std::string output = {};
  std::string details = {};  // of a failure, below its message
};

/// What a verdict is in JUnit's words: the exit status says whose fault it was.
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
  if (kind == VerdictKind::skip && record.verdict.kind != VerdictKind::pass) {
    test.outcome = CaseOutcome::skipped;
  } else if (!ending_accepted(record, boot) && failed_by_tests(boot)) {
    test.outcome = CaseOutcome::skipped;  // one fault is one failure
  } else if (!ending_accepted(record, boot)) {
    // A boot that passed where another ending was wanted is a failure, too.
    test.outcome = kind == VerdictKind::pass ? CaseOutcome::failure : outcome_of(kind);
    test.type = std::string(name);
    test.output = tail_of(boot.trace.serial, kTail);
    if (boot.crash_site) {
      for (const std::string& line : crash_lines(*boot.crash_site)) test.details += "\n" + line;
      for (const std::string& line : register_lines(*boot.crash_site)) test.details += "\n" + line;
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

/// CI servers tell cases apart by group and name: a second of the same gets a number.
void number_namesakes(std::vector<TestCase>& tests) {
  std::map<std::pair<std::string, std::string>, int> seen;
  for (TestCase& test : tests) {
    const int count = ++seen[{test.group, test.name}];
    if (count > 1) test.name += fmt::format(" ({})", count);
  }
}

std::vector<TestCase> test_cases(const RunRecord& record) {
  constexpr std::size_t kDetailed = 200;  // failed tests with what was printed for them
  std::vector<TestCase> tests;
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
  std::vector<TestCase> tests = test_cases(record);
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
