#include "report/suite_report.h"

#include <gtest/gtest.h>

#include "page/html_testing.h"
#include "page/markdown_text.h"
#include "page/xml_testing.h"
#include "report/junit_rules_testing.h"
#include "report/suite_json.h"
#include "suite/outcome.h"

namespace harness {
namespace {

using namespace std::chrono_literals;

InstanceResult ended(const char* name, Outcome outcome, std::vector<Verdict> verdicts) {
  InstanceResult result{.name = name,
                        .scenario_file = "scenarios/a.yaml",
                        .folder = std::string("reports/") + name,
                        .outcome = outcome};
  for (const Verdict& verdict : verdicts) {
    result.attempts.push_back({.verdict = verdict, .reported = true, .wall = 30ms, .boots = 20ms});
  }
  return result;
}

SuiteResult sample() {
  SuiteResult suite{.uniharness_version = "1", .started_at = "2026-11-24T05:00:00Z", .wall = 2s};
  const Verdict pass{VerdictKind::pass, ""}, idle{VerdictKind::idle, "silent <for> 3 s"};
  suite.instances = {
      ended("good", Outcome::passed, {pass}),
      ended("bad", Outcome::failed, {idle}),
      ended("torn", Outcome::failed, {{VerdictKind::truncated, "no [END]"}}),
      ended("now-and-then", Outcome::flaky, {idle, pass}),
      ended("known", Outcome::quarantined, {idle}),
      ended("skipped", Outcome::skipped, {{VerdictKind::skip, ""}}),
  };
  suite.instances[1].attempts[0].evidence = "complete: no [END] \xE2\x80\xAE]]> <b>`x`";
  suite.instances[1].attempts[0].wall = 3s;
  suite.instances[4].quarantine = "until 2026-12-31: issue 12";
  suite.instances.push_back({.name = "late", .scenario_file = "scenarios/b.yaml", .folder = "r"});
  suite.notes = {"an entry has no effect"};
  suite.status = status_of(suite.instances, false);
  return suite;
}

std::size_t count_of_elements(const std::vector<XmlElement>& all, const std::string& name) {
  std::size_t count = 0;
  for (const XmlElement& element : all) count += element.name == name;
  return count;
}

TEST(SuiteJunit, HasOneCasePerInstanceAndCountsThatAgree) {
  const auto all = XmlReader::read(render_suite_junit(sample()));
  EXPECT_EQ(count_of_elements(all, "testcase"), 7u);
  EXPECT_EQ(count_of_elements(all, "testsuite"), 2u);
  EXPECT_EQ(count_of_elements(all, "failure"), 2u);
  EXPECT_EQ(count_of_elements(all, "error"), 1u);
  EXPECT_EQ(count_of_elements(all, "skipped"), 3u);
  EXPECT_EQ(all[0].attributes.at("tests"), "7");
  EXPECT_EQ(all[0].attributes.at("failures"), "2");
  EXPECT_EQ(all[0].attributes.at("errors"), "1");
}
TEST(SuiteJunit, FlakyIsAFailureOfThatTypeUnlessItIsAllowed) {
  SuiteResult suite = sample();
  const auto types = [&] {
    std::string text;
    for (const XmlElement& element : XmlReader::read(render_suite_junit(suite))) {
      if (element.name == "failure") text += element.attributes.at("type") + " ";
    }
    return text;
  };
  EXPECT_EQ(types(), "idle flaky ");
  suite.allow_flaky = true;
  EXPECT_EQ(types(), "idle ");
  EXPECT_NE(render_suite_junit(suite).find("flaky: idle"), std::string::npos);
}

TEST(SuiteReports, AnInstanceThatWasLostIsAnErrorEverywhere) {
  SuiteResult suite = sample();
  suite.instances = {ended("gone", Outcome::lost, {{VerdictKind::harness_error, "no result"}})};
  suite.status = status_of(suite.instances, false);
  EXPECT_EQ(suite.status, ExitStatus::harness_error);
  const auto all = XmlReader::read(render_suite_junit(suite));
  EXPECT_EQ(count_of_elements(all, "error"), 1u);
  EXPECT_NE(render_suite_markdown(suite).find("## Lost"), std::string::npos);
  EXPECT_NE(render_suite_console(suite, false, 80).find("LOST  gone"), std::string::npos);
  EXPECT_EQ(counts_text(suite), "1 lost");
  EXPECT_EQ(suite_from_json(render_suite_json(suite), "s").instances[0].outcome, Outcome::lost);
}

TEST(SuiteJunit, KeepsTheRulesOfItsReaders) {
  SuiteResult suite = sample();
  EXPECT_EQ(junit_fault(render_suite_junit(suite)), "");
  suite.allow_flaky = true;
  EXPECT_EQ(junit_fault(render_suite_junit(suite)), "");
}
TEST(SuiteJunit, AttemptsThatFailedAreToldInSurefiresForm) {
  const Verdict pass{VerdictKind::pass, ""}, fail{VerdictKind::fail, "1 of 2"},
      torn{VerdictKind::truncated, "no [END]"};
  SuiteResult suite = sample();
  suite.instances = {ended("now-and-then", Outcome::flaky, {fail, torn, pass}),
                     ended("never", Outcome::failed, {torn, fail, torn})};
  suite.instances[0].attempts[0].evidence = "boot 1 said last: <x>";
  const auto told = [&] {
    std::string text;
    for (const XmlElement& element : XmlReader::read(render_suite_junit(suite))) {
      const bool outcome = element.parent == "testcase" && element.name != "system-out";
      if (outcome) text += element.name + "=" + element.attributes.at("type") + " ";
      if (element.name == "stackTrace") text += "(" + element.text + ") ";
    }
    return text;
  };
  EXPECT_EQ(told(),
            "failure=flaky rerunError=truncated (truncated: no [END]) error=truncated "
            "rerunFailure=fail (fail: 1 of 2) rerunError=truncated (truncated: no [END]) ");
  suite.allow_flaky = true;
  EXPECT_TRUE(told().starts_with("flakyFailure=fail (boot 1 said last: <x>) flakyError=truncated"))
      << told();
  EXPECT_EQ(junit_fault(render_suite_junit(suite)), "");
}

TEST(SuiteJunit, TestsOfTheGuestStandByNameAndOneFaultIsOneFailure) {
  SuiteResult suite = sample();
  InstanceResult failed =
      ended("kernel", Outcome::failed, {{VerdictKind::fail, "failed tests: a, b"}});
  failed.attempts[0].tests = {{"a", wire::Status::fail, "x.c:7\nx.c:7: <got> 1\n"},
                              {"b", wire::Status::fail},
                              {"c", wire::Status::pass},
                              {"d", wire::Status::skip}};
  InstanceResult known = failed;
  known.name = "known";
  known.outcome = Outcome::quarantined;
  suite.instances = {failed, known};
  suite.status = status_of(suite.instances, false);
  const std::string text = render_suite_junit(suite);
  EXPECT_EQ(junit_fault(text), "");
  std::string told;
  for (const XmlElement& element : XmlReader::read(text)) {
    if (element.name == "testcase") {
      told += element.attributes.at("classname") + "." + element.attributes.at("name") + " ";
    }
    if (element.name == "failure" || element.name == "skipped") {
      told += element.name + "=" + element.attributes.at("message") + " ";
    }
  }
  EXPECT_EQ(told,
            "scenarios/a.yaml.kernel skipped=fail: failed tests: a, b kernel.a failure=x.c:7 "
            "kernel.b failure=the guest says fail kernel.c kernel.d skipped=skip "
            "scenarios/a.yaml.known skipped=fail: failed tests: a, b (quarantined ) "
            "known.a skipped=fail, quarantined known.b skipped=fail, quarantined known.c "
            "known.d skipped=skip ");
  const SuiteResult read = suite_from_json(render_suite_json(suite), "summary.json");
  EXPECT_EQ(render_suite_junit(read), render_suite_junit(read));
  ASSERT_EQ(read.instances[0].attempts[0].tests.size(), 4u);
  EXPECT_EQ(read.instances[0].attempts[0].tests[0].details, "x.c:7\nx.c:7: <got> 1\n");
  EXPECT_EQ(read.instances[0].attempts[0].tests[3].status, wire::Status::skip);
}

TEST(SuiteMarkdown, OfThousandsOfFailuresTheFirstAreToldAndTheOthersCounted) {
  SuiteResult suite = sample();
  suite.instances.clear();
  for (int i = 0; i < 4000; ++i) {
    suite.instances.push_back(ended("case", i % 2 == 0 ? Outcome::failed : Outcome::passed,
                                    {{VerdictKind::fail, std::string(3000, '<')}}));
    suite.instances.back().attempts[0].evidence = std::string(2000, '`');
  }
  suite.notes.assign(5000, std::string(2000, '|'));
  const std::string text = render_suite_markdown(suite);
  EXPECT_LE(text.size(), kMarkdownBytes);
  EXPECT_NE(text.find("more; summary.json has all."), text.npos);
  EXPECT_NE(text.find("more rows are left out here; summary.json has all."), text.npos);
  const std::string console = render_suite_console(suite, false, 100);
  EXPECT_LE(console.size(), 100'000u);
  EXPECT_NE(console.find("FAILED  and 1,990 more: summary.json has all\n"), console.npos);
  EXPECT_NE(console.find("note: and 4,990 more\n"), console.npos);
}

TEST(SuiteHtml, HasEachInstanceTheWayToItsReportAndIsHarmless) {
  SuiteResult suite = sample();
  suite.instances[1].folder = "out/a b<%>";
  suite.instances[1].name = "<script>alert(1)</script>";
  suite.notes = {"<img src=x>"};
  const std::string page = render_suite_html(suite);
  EXPECT_EQ(HtmlReader::fault_in(page), "");
  EXPECT_EQ(page.find("<script>alert"), page.npos);
  EXPECT_EQ(page.find("<img src=x"), page.npos);
  for (const char* part :
       {"href=\"a%20b%3C%25%3E/report.html\"", "href=\"good/report.html\"", "What went wrong",
        "class=\"sortable\"", "value=\"quarantined\"", "<data value=\"3\">3.00 s</data>"}) {
    EXPECT_NE(page.find(part), page.npos) << part;
  }
  EXPECT_EQ(page.find("href=\"r/report.html\""), page.npos);  // "late" did not run
}
TEST(SuiteHtml, OfManyInstancesThePageStaysBounded) {
  SuiteResult suite = sample();
  suite.instances.assign(
      12'000, ended("case", Outcome::failed, {{VerdictKind::fail, std::string(3000, '<')}}));
  for (InstanceResult& one : suite.instances) one.attempts[0].evidence = std::string(2000, '`');
  const std::string page = render_suite_html(suite);
  EXPECT_LT(page.size(), std::size_t{20} << 20);
  EXPECT_NE(page.find("2,000 more: summary.json has all."), page.npos);
  EXPECT_NE(page.find("11,950 more: the table below has all."), page.npos);
}

TEST(SuiteConsole, SaysWhatWentWrongWhereAndHowMany) {
  const std::string text = render_suite_console(sample(), false, 100);
  for (const char* part :
       {"FAILED  bad\n    idle: silent <for> 3 s\n    complete: no [END] \\xE2\\x80\\xAE]]> "
        "<b>`x`\n"
        "    reports/bad/report.html\n",
        "FLAKY  now-and-then\n    idle: silent <for> 3 s; attempt 2 passed\n",
        "QUARANTINED  known\n    idle: silent <for> 3 s (quarantined until 2026-12-31: issue 12)\n",
        "note: an entry has no effect\n", "slowest: bad 3.00 s, now-and-then 60.0 ms",
        "FAIL  7 instances: 1 passed, 1 skipped, 2 failed, 1 flaky, 1 quarantined, 1 not run in "
        "2.00 s, 1 at once\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "---\n" << text;
  }
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(render_suite_console(sample(), true, 100).find("\x1b[1m\x1b[31mFAILED\x1b[0m"),
            std::string::npos);
}
TEST(SuiteConsole, AHarnessErrorHasAHintInPlaceOfReports) {
  SuiteResult suite = sample();
  suite.instances = {ended("a", Outcome::failed, {{VerdictKind::harness_error, "no QEMU"}})};
  suite.instances[0].attempts[0].evidence = "hint: install it";
  suite.instances[0].attempts[0].reported = false;
  const std::string text = render_suite_console(suite, false, 100);
  EXPECT_NE(text.find("harness_error: no QEMU\n    hint: install it\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("report.html"), std::string::npos);
}

TEST(SuiteMarkdown, HasAPartForEachKindOfTroubleAndIsHarmless) {
  const std::string text = render_suite_markdown(sample());
  for (const char* part : {"# Suite: FAIL", "## Failed", "## Flaky", "## Quarantined", "## Notes",
                           "## All instances", "silent &lt;for&gt; 3 s"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "---\n" << text;
  }
  SuiteResult good = sample();
  good.instances.resize(1);
  good.status = ExitStatus::pass;
  EXPECT_EQ(render_suite_markdown(good).find("## Failed"), std::string::npos);
}

TEST(SuiteJson, CountsAndNamesEveryInstance) {
  const std::string text = render_suite_json(sample());
  for (const char* part :
       {"\"schema\": 1", "\"exit_status\": 5", "\"flaky\": 1", "\"not_run\": 1",
        "\"quarantine\": \"until 2026-12-31: issue 12\"", "\"outcome\": \"quarantined\""}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "---\n" << text;
  }
}

TEST(SuiteJson, IsReadAsItWasWritten) {
  for (const bool allow_flaky : {false, true}) {
    SuiteResult suite = sample();
    suite.jobs = 3;
    suite.wall = std::chrono::nanoseconds{1'234'567'891};
    suite.instances[0].attempts[0].wall = std::chrono::nanoseconds{1};
    suite.allow_flaky = allow_flaky;
    suite.status = status_of(suite.instances, allow_flaky);
    const std::string text = render_suite_json(suite);
    const SuiteResult read = suite_from_json(text, "summary.json");
    EXPECT_EQ(render_suite_json(read), text);
    EXPECT_EQ(read.allow_flaky, allow_flaky);
    EXPECT_EQ(read.wall, suite.wall);
    EXPECT_EQ(read.status, suite.status);
    ASSERT_EQ(read.instances.size(), suite.instances.size());
    EXPECT_EQ(read.instances[3].outcome, Outcome::flaky);
    EXPECT_EQ(read.instances[3].attempts[1].verdict.kind, VerdictKind::pass);
    EXPECT_EQ(read.notes, suite.notes);
  }
}

/// What suite_from_json() says of the sample with the first `from` replaced.
std::string refusal(const std::string& from, const std::string& to) {
  std::string text = render_suite_json(sample());
  const std::size_t at = text.find(from);
  if (at == text.npos) return "not in the text: " + from;
  text.replace(at, from.size(), to);
  try {
    suite_from_json(text, "s.json");
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::invalid_data);
    return error.what();
  }
  return "read without complaint";
}

TEST(SuiteJson, OfAVersionThatLostNothingIsReadToo) {
  std::string text = render_suite_json(sample());
  const std::string lost = ",\n    \"lost\": 0";
  const std::size_t at = text.find(lost);
  ASSERT_NE(at, std::string::npos) << text;
  text.erase(at, lost.size());
  EXPECT_EQ(suite_from_json(text, "s.json").instances.size(), sample().instances.size());
}

TEST(SuiteJson, WhatCannotBeIsRefusedWithItsPath) {
  EXPECT_EQ(refusal("\"schema\": 1", "\"schema\": 2"),
            "s.json: schema: this version reads schema 1");
  EXPECT_EQ(refusal("\"jobs\": 1", "\"jobs\": -1"),
            "s.json: jobs: expected a whole number, not below 0");
  EXPECT_EQ(refusal("\"notes\"", "\"more\""), "s.json: notes: missing");
  EXPECT_EQ(refusal("\"jobs\": 1", "\"jobs\": 1, \"more\": 1"), "s.json: more: unknown key");
  EXPECT_EQ(refusal("\"flaky\": 1", "\"flaky\": 2"),
            "s.json: counts: are not those of the instances");
  EXPECT_EQ(refusal("\"outcome\": \"flaky\"", "\"outcome\": \"lucky\""),
            "s.json: instances[3].outcome: not the name of an outcome");
  EXPECT_EQ(refusal("\"outcome\": \"failed\"", "\"outcome\": \"passed\""),
            "s.json: instances[1].exit_status: does not agree with the outcome");
  EXPECT_EQ(refusal("\"verdict\": \"idle\"", "\"verdict\": \"pass\""),
            "s.json: instances[1].attempts[0].exit_status: is not that of the verdict");
  EXPECT_EQ(refusal("\"wall_ms\": 2000.0", "\"wall_ms\": -1"),
            "s.json: wall_ms: expected milliseconds");
  EXPECT_EQ(refusal("an entry", "an \\u001b entry"),
            "s.json: notes[0]: has characters that are not printable");
  EXPECT_EQ(refusal("{", "["), "s.json: not JSON, or nested too deep");
}

TEST(FailureEvidence, BeginsWithThePlaceOfACrash) {
  RunRecord record;
  record.boots.emplace_back();
  record.verdict = record.boots[0].ending = {VerdictKind::panic, "heap exhausted"};
  record.boots[0].crash_site =
      CrashSite{.symbols = "k.elf",
                .frames = {{.address = 1, .function = "grow()", .file = "heap.c", .line = 7}}};
  record.findings = {{.check = "complete",
                      .status = FindingStatus::fail,
                      .figure = "",
                      .reason = "cut short",
                      .at = {}}};
  EXPECT_TRUE(failure_evidence(record).starts_with("in grow() at heap.c:7\ncomplete: cut short\n"))
      << failure_evidence(record);
}

TEST(FailureEvidence, StandsBelowTheReasonItsFirstLineAlwaysInSight) {
  SuiteResult suite = sample();
  suite.instances[1].attempts[0].evidence = "in grow() at heap.c:7\nmore of it\n";
  EXPECT_NE(render_suite_console(suite, false, 80).find("    in grow() at heap.c:7\n"),
            std::string::npos)
      << render_suite_console(suite, false, 80);
  const std::string page = render_suite_html(suite);
  EXPECT_NE(page.find("<summary>in grow() at heap.c:7</summary><pre"), page.npos) << page;
}

TEST(FailureEvidence, IsBoundedAndHarmless) {
  RunRecord record;
  record.boots.emplace_back();
  record.verdict = record.boots[0].ending = {VerdictKind::panic, ""};
  record.boots[0].trace.serial = std::string(100'000, 'x') + "\n\x1b[2Jlast words\n";
  for (int i = 0; i < 30; ++i) {
    record.findings.push_back({.check = "text",
                               .status = FindingStatus::fail,
                               .figure = "",
                               .reason = "is missing",
                               .at = {"s.yaml", 3, 4}});
  }
  const std::string text = failure_evidence(record);
  EXPECT_LE(text.size(), 8000u);
  EXPECT_NE(text.find("text: is missing (s.yaml:3:4)"), std::string::npos);
  EXPECT_NE(text.find("... and 20 more"), std::string::npos);
  EXPECT_NE(text.find("last words"), std::string::npos) << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace harness
