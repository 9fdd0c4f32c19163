#include "report/exports/exports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "formats/formats.h"
#include "report/report_testing.h"

namespace harness {
namespace {

using nlohmann::json;

const RunRecord& record_of(int which) {
  static const RunRecord kRecords[] = {passing_record(), failing_record(), hostile_record()};
  return kRecords[which];
}

TEST(Exports, AreFoundByTheirNames) {
  for (const ExportFormat& format : export_formats()) {
    EXPECT_EQ(find_export(format.name), &format);
    EXPECT_FALSE(format.render(RunRecord{}).empty()) << format.name;
  }
  EXPECT_EQ(find_export("word"), nullptr);
}

/// What the schema of CTRF requires: its keys, words and types, and counts that agree.
TEST(Ctrf, HoldsItsSchema) {
  for (const int which : {0, 1, 2}) {
    const json all = json::parse(render_ctrf(record_of(which)));
    EXPECT_EQ(all.at("reportFormat"), "CTRF");
    EXPECT_TRUE(all.at("specVersion").is_string());
    const json& results = all.at("results");
    EXPECT_EQ(results.at("tool").at("name"), "uniharness");
    std::map<std::string, std::size_t> counts;
    for (const json& test : results.at("tests")) {
      EXPECT_FALSE(test.at("name").get<std::string>().empty());
      EXPECT_TRUE(test.at("duration").is_number_integer());
      ++counts[test.at("status").get<std::string>()];
    }
    const json& summary = results.at("summary");
    EXPECT_EQ(summary.at("tests"), results.at("tests").size());
    for (const char* status : {"passed", "failed", "skipped", "pending", "other"}) {
      EXPECT_EQ(summary.at(status), counts[status]) << status;
    }
    EXPECT_EQ(counts["failed"] > 0, which != 0);
    EXPECT_LE(summary.at("start").get<std::int64_t>(), summary.at("stop").get<std::int64_t>());
  }
  const json red = json::parse(render_ctrf(failing_record()));
  for (const json& test : red["results"]["tests"]) {
    if (test["status"] != "failed") continue;
    EXPECT_EQ(test["filePath"], "scenarios/sample.yaml");
    EXPECT_EQ(test["line"], 9);
  }
  const json pass = json::parse(render_ctrf(passing_record()));
  EXPECT_EQ(pass["results"]["summary"]["start"], 1767323045000);  // 2026-01-02T03:04:05Z
}

TEST(Ctrf, NamesTheJobThatItComesFrom) {
  const json job = json::parse(render_ctrf(record_of_a_job()))["results"]["environment"];
  EXPECT_EQ(job, json({{"commit", std::string(40, 'c')},
                       {"buildName", "GitHub Actions: CI, job test, run 55"},
                       {"buildUrl", "https://github.com/me/kern/actions/runs/1234"},
                       {"testEnvironment", "build7"}}));
  EXPECT_FALSE(
      json::parse(render_ctrf(hostile_record()))["results"]["environment"].contains("buildUrl"));
}

/// Our own reader of TAP, which is held against the specification, reads the same results.
TEST(TapExport, IsReadBackWithItsResults) {
  for (const int which : {0, 1, 2}) {
    const std::string text = render_tap(record_of(which));
    const Events events = collect_events(text, {}, {.formats = {"tap"}});
    ASSERT_EQ(events.formats.size(), 1u);
    EXPECT_EQ(events.formats[0].fault, "") << text;
    EXPECT_EQ(events.formats[0].status, which == 0 ? wire::Status::pass : wire::Status::fail);
    const auto skipped = std::ranges::count(events.tests, wire::Status::skip, &TestResult::status);
    EXPECT_EQ(skipped, which == 2 ? 0 : 1);
  }
  const std::string text = render_tap(failing_record());
  EXPECT_NE(
      text.find("not ok 7 - checks/profile fibonacci\n  ---\n  message: \"calls is 9, must be "
                "10\"\n  severity: fail\n  at: \"scenarios/sample.yaml:9:5\"\n  ...\n"),
      text.npos)
      << text;
}
TEST(TapExport, ANameCannotBecomeADirective) {
  RunRecord record = failing_record();
  record.findings[1].check = "a # TODO later \\";
  const Events events = collect_events(render_tap(record), {}, {.formats = {"tap"}});
  EXPECT_EQ(events.formats[0].status, wire::Status::fail);
}

/// What GitLab requires of each (docs.gitlab.com, Code Quality, "Code Quality report format").
void expect_code_quality(const json& all) {
  constexpr const char* kSeverities[] = {"info", "minor", "major", "critical", "blocker"};
  std::set<std::string> fingerprints;
  for (const json& issue : all) {
    EXPECT_FALSE(issue.at("description").get<std::string>().empty());
    EXPECT_FALSE(issue.at("check_name").get<std::string>().empty());
    EXPECT_NE(std::ranges::find(kSeverities, issue.at("severity").get<std::string>()),
              std::end(kSeverities));
    EXPECT_GE(issue.at("location").at("lines").at("begin").get<int>(), 1);
    const std::string path = issue.at("location").at("path");
    EXPECT_TRUE(!path.empty() && !path.starts_with("./")) << path;
    EXPECT_TRUE(fingerprints.insert(issue.at("fingerprint")).second) << issue;
  }
}

TEST(CodeQuality, HoldsWhatGitLabRequires) {
  for (const int which : {0, 1, 2}) {
    const json all = json::parse(render_code_quality(record_of(which)));
    ASSERT_TRUE(all.is_array());
    EXPECT_EQ(all.empty(), which == 0);
    expect_code_quality(all);
  }
  const json red = json::parse(render_code_quality(failing_record()));
  ASSERT_EQ(red.size(), 1u);
  EXPECT_EQ(red[0]["description"], "sample: profile fibonacci: calls is 9, must be 10");
  EXPECT_EQ(red[0]["check_name"], "check");
  EXPECT_EQ(red[0]["location"]["path"], "scenarios/sample.yaml");
  EXPECT_EQ(red[0]["location"]["lines"]["begin"], 9);
}

/// A failure that moved to another line, or says another number, is the same one; a second of the
/// same name is another.
TEST(CodeQuality, KnowsAFailureAgain) {
  RunRecord record = failing_record();
  const json before = json::parse(render_code_quality(record));
  const auto failed = std::ranges::find(record.findings, FindingStatus::fail, &Finding::status);
  ASSERT_NE(failed, record.findings.end());
  failed->at.line += 3;
  failed->reason = "calls is 8, must be 10";
  EXPECT_EQ(json::parse(render_code_quality(record))[0]["fingerprint"], before[0]["fingerprint"]);
  record.findings.push_back(*failed);
  const json twice = json::parse(render_code_quality(record));
  ASSERT_EQ(twice.size(), 2u);
  expect_code_quality(twice);
}

TEST(CodeQuality, HasARegressionThatAGateFound) {
  RunRecord record = passing_record();
  record.compared = "regression";
  const json all = json::parse(render_code_quality(record));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0]["check_name"], "comparison");
  EXPECT_EQ(all[0]["location"]["path"], "scenarios/sample.yaml");
}

/// The grammar of OpenMetrics: comments, samples with labels, "# EOF" at the end and nowhere else.
TEST(OpenMetrics, KeepsItsGrammar) {
  for (const int which : {0, 1, 2}) {
    const std::string text = render_openmetrics(record_of(which));
    EXPECT_TRUE(text.ends_with("# EOF\n"));
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      const std::string line = text.substr(at, text.find('\n', at) - at);
      if (line.starts_with("# ")) continue;
      std::size_t quotes = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\')
          ++i;
        else
          quotes += line[i] == '"';
      }
      EXPECT_EQ(quotes % 2, 0u) << line;
      const std::string value = line.substr(line.rfind(' ') + 1);
      EXPECT_NE(value.find_first_of("0123456789"), value.npos) << line;
      EXPECT_EQ(line.find('{'), line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_")) << line;
    }
  }
  const std::string text = render_openmetrics(passing_record());
  EXPECT_NE(text.find("uniharness_number{scenario=\"sample\",name=\"fibonacci avg\",unit="),
            text.npos)
      << text;
  EXPECT_NE(text.find("uniharness_exit_status{scenario=\"sample\"} 0\n"), text.npos);
}

TEST(TraceEvents, HaveATrackForEachBoot) {
  const json all = json::parse(render_trace_events(passing_record()));
  std::size_t boots = 0, lines = 0;
  for (const json& event : all.at("traceEvents")) {
    const std::string phase = event.at("ph");
    EXPECT_TRUE(event.contains("pid") && event.contains("tid"));
    if (phase == "X") {
      EXPECT_GE(event.at("ts").get<double>(), 0);
      EXPECT_GE(event.at("dur").get<double>(), 0);
      boots += event.at("name").get<std::string>().starts_with("boot ");
    }
    lines += phase == "i";
  }
  EXPECT_EQ(boots, 2u);
  EXPECT_GT(lines, 10u);
  EXPECT_FALSE(json::parse(render_trace_events(hostile_record()), nullptr, false).is_discarded());
}

}  // namespace
}  // namespace harness
