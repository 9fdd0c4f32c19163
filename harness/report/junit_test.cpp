#include <gtest/gtest.h>

#include <algorithm>

#include "model/verdict.h"
#include "page/xml_testing.h"
#include "report/junit_rules_testing.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

using Elements = std::vector<XmlElement>;

Elements named(const Elements& elements, std::string_view name) {
  Elements found;
  std::ranges::copy_if(elements, std::back_inserter(found),
                       [&](const XmlElement& element) { return element.name == name; });
  return found;
}
Elements junit(const RunRecord& record) { return XmlReader::read(render_junit(record)); }

std::string skipped(const Elements& elements) {
  return named(elements, "testsuite").at(0).attributes.at("skipped");
}

const XmlElement& the_case(const Elements& elements, std::string_view name) {
  static const XmlElement kNone;
  const auto at = std::ranges::find_if(elements, [&](const XmlElement& element) {
    return element.name == "testcase" && element.attributes.at("name") == name;
  });
  EXPECT_NE(at, elements.end()) << name;
  return at == elements.end() ? kNone : *at;
}

TEST(XmlReader, RefusesWhatIsNotWellFormed) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  EXPECT_EQ(XmlReader::read(head + "<a b=\"&lt;\"><c/>x&amp;</a>\n").size(), 2u);
  for (const char* body : {"<a>", "<a></b>", "<a/><a/>", "<a b=\"1\" b=\"2\"/>", "<a b=\"<\"/>",
                           "<a>&x;</a>", "<a>&</a>", "<a>]]></a>", "<a>\x01</a>", "<a>\xff</a>",
                           "<a>\xEF\xBF\xBF</a>", "<a b=1/>", "x", ""}) {
    EXPECT_THROW(XmlReader::read(head + body), std::runtime_error) << body;
  }
}

TEST(JunitRules, FindWhatJenkinsWouldRefuse) {
  const auto fault = [](const std::string& body) {
    return junit_fault("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body);
  };
  const std::string open =
      "<testsuites><testsuite name=\"a\" tests=\"1\" failures=\"0\" errors=\"0\">";
  const std::string close = "</testsuite></testsuites>";
  EXPECT_EQ(fault(open + "<testcase name=\"x\" time=\"0.441\"/>" + close), "");
  EXPECT_EQ(fault(open + "<testcase name=\"x\" time=\"0.441052\"/>" + close),
            "testcase has the time 0.441052");
  EXPECT_EQ(fault(open + "<testcase time=\"1\"/>" + close), "testcase has no name");
  EXPECT_EQ(fault(open + "<testcase name=\"x\" file=\"y\"/>" + close), "testcase has file");
  EXPECT_EQ(fault(open + "<flakyFailure type=\"x\"/>" + close), "flakyFailure in testsuite");
  EXPECT_EQ(fault("<testsuites skipped=\"0\"/>"), "testsuites has skipped");
  EXPECT_EQ(fault("<testsuites tests=\"2\">" + open.substr(12) + close), "tests is 2, there are 0");
  for (const char* time : {"", ".5", "1.2345", "1.2.3", "-1", "1e3"}) {
    EXPECT_FALSE(is_junit_time(time)) << time;
  }
}

TEST(Junit, OfTimedRunsKeepsTheRulesOfItsReaders) {
  for (const RunRecord& record : {passing_record(), failing_record(), hostile_record()}) {
    EXPECT_EQ(junit_fault(render_junit(record)), "");
  }
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) boot.trace.wall = std::chrono::microseconds{123'441'052};
  EXPECT_EQ(junit_fault(render_junit(record)), "");
  EXPECT_EQ(the_case(junit(record), "boot 1").attributes.at("time"), "123.441");
}

TEST(Junit, APassIsAllGreen) {
  const Elements all = junit(passing_record());
  const XmlElement& root = all.front();
  EXPECT_EQ(root.name, "testsuites");
  EXPECT_EQ(root.attributes.at("failures"), "0");
  EXPECT_EQ(root.attributes.at("errors"), "0");
  EXPECT_EQ(skipped(all), "1");                       // the guest's test "primes"
  EXPECT_FALSE(root.attributes.contains("skipped"));  // Jenkins' schema has none there
  EXPECT_EQ(root.attributes.at("time"), "0.167");
  EXPECT_EQ(root.attributes.at("tests"), std::to_string(named(all, "testcase").size()));
  EXPECT_EQ(named(all, "testcase").size(), 1u + 2 + 3 + 2);  // run, boots, tests, checks
}
TEST(Junit, SuiteHasNameTimeStampAndCounts) {
  const XmlElement suite = named(junit(passing_record()), "testsuite").at(0);
  EXPECT_EQ(suite.attributes.at("name"), "sample");
  EXPECT_EQ(suite.attributes.at("timestamp"), "2026-01-02T03:04:05");
  for (const char* key : {"tests", "failures", "errors", "skipped", "time"}) {
    EXPECT_TRUE(suite.attributes.contains(key)) << key;
  }
}
TEST(Junit, BootsHaveTheirTimeAndNothingElseHas) {
  const Elements all = junit(passing_record());
  EXPECT_EQ(the_case(all, "boot 1").attributes.at("time"), "0.082");
  EXPECT_FALSE(the_case(all, "fibonacci").attributes.contains("time"));
}
TEST(Junit, WhatWasNotTimedHasNoTime) {
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) boot.trace.wall = {};
  for (const XmlElement& element : junit(record)) {
    EXPECT_FALSE(element.attributes.contains("time")) << element.name;
  }
}

TEST(Junit, AFailedCheckIsAFailureWithReasonAndPlace) {
  const Elements all = junit(failing_record());
  const Elements failures = named(all, "failure");
  ASSERT_EQ(failures.size(), 1u);  // one fault is one failure
  EXPECT_EQ(failures[0].attributes.at("message"), "calls is 9, must be 10");
  EXPECT_EQ(failures[0].attributes.at("type"), "check");
  EXPECT_EQ(failures[0].text, "calls is 9, must be 10\nasked for in scenarios/sample.yaml:9:5");
  EXPECT_EQ(the_case(all, "profile fibonacci").attributes.at("classname"), "sample.checks");
}
TEST(Junit, InvalidDataIsAnErrorNotAFailure) {
  RunRecord record = failing_record();
  record.findings[1].status = FindingStatus::invalid;
  record.verdict.kind = VerdictKind::invalid_data;
  const Elements all = junit(record);
  EXPECT_EQ(named(all, "error").size(), 1u);
  EXPECT_EQ(named(all, "failure").size(), 0u);
  EXPECT_EQ(all.front().attributes.at("errors"), "1");
}
TEST(Junit, ABootThatEndedBadlyShowsTheEndOfItsOutput) {
  RunRecord record = passing_record();
  record.findings.clear();
  record.boots[1].ending = {VerdictKind::reset, "triple fault"};
  record.boots[1].trace.serial = "last words\n";
  record.verdict = {VerdictKind::reset, "boot 2: triple fault"};
  const Elements all = junit(record);
  const XmlElement failure = named(all, "failure").back();
  EXPECT_EQ(failure.attributes.at("message"), "ended with reset: triple fault");
  const Elements outputs = named(all, "system-out");
  EXPECT_TRUE(std::ranges::any_of(outputs, [](const XmlElement& output) {
    return output.parent == "testcase" && output.text == "last words\n";
  }));
  EXPECT_EQ(outputs.back().parent, "testsuite");
  EXPECT_EQ(outputs.back().text, "last words\n");
}
TEST(Junit, AFailureThatTheScenarioWantsIsGreen) {
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) {
    boot.ending = {VerdictKind::fail, "failed tests: fibonacci"};
    boot.events.tests[0].status = wire::Status::fail;
  }
  record.findings[0].check = "ending fail";
  record.stated_ending = VerdictKind::fail;
  const Elements all = junit(record);
  EXPECT_EQ(all.front().attributes.at("failures"), "0");
  EXPECT_EQ(all.front().attributes.at("errors"), "0");
}
TEST(Junit, AGuestTestThatFailedInOneBootFails) {
  RunRecord record = passing_record();
  record.boots[1].events.tests[0].status = wire::Status::fail;
  record.boots[1].ending = record.verdict = {VerdictKind::fail, "failed tests: fibonacci"};
  const Elements failures = named(junit(record), "failure");
  ASSERT_EQ(failures.size(), 1u);  // not the run and the boot, too
  EXPECT_EQ(failures[0].attributes.at("message"), "the guest says fail in boot 2, result 55");
}
TEST(Junit, AFailedTestCarriesWhatWasPrintedForIt) {
  const RunRecord record =
      failed_tap_record("1..2\nok 1 a\nnot ok 2 b\n# lib/x.c:7: got 1\n", "failed tests: b");
  const Elements failures = named(junit(record), "failure");
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_EQ(failures[0].text,
            "the guest says fail in boot 1\nlib/x.c:7\nnot ok 2 b\n# lib/x.c:7: got 1");
}

// Without any finding or bad boot, the verdict alone must make the file red.
TEST(Junit, IsRedExactlyWhenTheExitStatusIs) {
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    RunRecord record = passing_record();
    record.findings.clear();
    record.verdict = {kVerdictTable[i].kind, "reason"};
    const XmlElement root = junit(record).front();
    const bool red = root.attributes.at("failures") != "0" || root.attributes.at("errors") != "0";
    EXPECT_EQ(red, kVerdictTable[i].status != ExitStatus::pass) << kVerdictTable[i].name;
  }
}
TEST(Junit, AHarnessErrorIsAnErrorAndNeverASkip) {
  RunRecord record = passing_record();
  record.boots[0].ending = record.verdict = {VerdictKind::harness_error, "QEMU did not start"};
  record.boots.pop_back();
  record.boots[0].events = {};
  record.findings.clear();
  const Elements all = junit(record);
  EXPECT_EQ(all.front().attributes.at("errors"), "1");
  EXPECT_EQ(skipped(all), "0");
}
TEST(Junit, ASkipIsSkipped) {
  RunRecord record = passing_record();
  record.findings.clear();
  for (BootRecord& boot : record.boots) {
    boot.ending = record.verdict = {VerdictKind::skip, "the guest said that it cannot run here"};
    boot.events.tests.clear();
  }
  EXPECT_EQ(skipped(junit(record)), "3");
}

TEST(Junit, NamesakesAreToldApart) {
  RunRecord record = passing_record();
  record.findings[1].check = record.findings[0].check;
  const Elements all = junit(record);
  the_case(all, "ending pass");
  the_case(all, "ending pass (2)");
}
TEST(Junit, HostileTextStaysWellFormedAndReadable) {
  const Elements all = junit(hostile_record());
  const XmlElement& check = the_case(all, [] {
    std::string name = "\\x1B[31m|`` ``` ]]></failure><script>alert(1)</script>&amp;\"'\\xFF\\xC3";
    return name + "\xEF\xBF\xBD\\x07 ![x](http://evil.example) *b* __c__ | <!-- ";
  }());
  EXPECT_EQ(check.name, "testcase");
  EXPECT_EQ(named(all, "script").size(), 0u);
}
TEST(Junit, CasesOfAGateAreCountedAndHarmless) {
  using Kind = JunitCase::Kind;
  const std::string hostile = "a\"><script>\x1b[31m";
  const Elements all =
      XmlReader::read(render_junit(passing_record(), {{"comparison", "", Kind::passed},
                                                      {"Init", "regression: 1 -> 2", Kind::failure},
                                                      {"Init", "missing: 1", Kind::error},
                                                      {hostile, hostile, Kind::failure}}));
  EXPECT_EQ(all.front().attributes.at("failures"), "2");
  EXPECT_EQ(all.front().attributes.at("errors"), "1");
  EXPECT_TRUE(the_case(all, "Init").attributes.at("classname").ends_with(".gate"));
  the_case(all, "Init (2)");
  EXPECT_EQ(named(all, "script").size(), 0u);
  EXPECT_EQ(named(all, "failure").at(0).attributes.at("message"), "regression: 1 -> 2");
}
TEST(Junit, AnEmptyRecordIsWellFormed) {
  EXPECT_EQ(junit(RunRecord{}).front().attributes.at("tests"), "1");
}

}  // namespace
}  // namespace harness
