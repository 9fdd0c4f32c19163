#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/time.h"
#include "base/utc.h"
#include "record/origin_text.h"
#include "report/digest.h"
#include "report/exports/exports.h"
#include "report/test_cases.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

const char* ctrf_status(CaseOutcome outcome) {
  switch (outcome) {
    case CaseOutcome::passed:
      return "passed";
    case CaseOutcome::skipped:
      return "skipped";
    default:
      return "failed";
  }
}

Json ctrf_test(const RunRecord& record, const TestCase& test) {
  Json json = {{"name", printable(test.name)},
               {"status", ctrf_status(test.outcome)},
               {"duration", test.time ? static_cast<std::int64_t>(in_milliseconds(*test.time)) : 0},
               {"suite", printable(record.scenario + " > " + test.group)}};
  if (!test.type.empty()) json["rawStatus"] = printable(test.type);
  if (!test.message.empty()) json["message"] = printable_lines(test.message);
  const std::string_view details = test.details;
  const std::size_t first = details.find_first_not_of('\n');
  if (first != details.npos) json["trace"] = printable_lines(details.substr(first));
  if (!test.at.file.empty()) {
    json["filePath"] = printable(test.at.file);
    if (test.at.line > 0) json["line"] = test.at.line;
  }
  return json;
}

}  // namespace

std::string render_ctrf(const RunRecord& record) {
  std::vector<TestCase> cases = test_cases_of(record);
  number_namesakes(cases);
  std::map<std::string_view, std::size_t> counts;
  Json tests = Json::array();
  for (const TestCase& test : cases) {
    ++counts[ctrf_status(test.outcome)];
    tests.push_back(ctrf_test(record, test));
  }
  // Milliseconds since 1970; 0 where a saved log does not say.
  const std::int64_t start = unix_seconds(record.started_at).value_or(0) * 1000;
  const auto wall = total_wall(record).value_or(std::chrono::nanoseconds{0});
  Json environment = Json::object();
  const auto known = [&](const char* key, const std::string& value) {
    if (!value.empty()) environment[key] = printable(value);
  };
  known("commit", record.origin.commit);
  known("buildName", job_words(record.origin));
  known("buildUrl", web_address(record.origin.address));
  known("testEnvironment", record.host.name);
  Json json = {
      {"reportFormat", "CTRF"},
      {"specVersion", "0.0.0"},
      {"results",
       {{"tool", {{"name", "uniharness"}, {"version", printable(record.uniharness_version)}}},
        {"summary",
         {{"tests", cases.size()},
          {"passed", counts["passed"]},
          {"failed", counts["failed"]},
          {"pending", 0},
          {"skipped", counts["skipped"]},
          {"other", 0},
          {"start", start},
          {"stop", start + static_cast<std::int64_t>(in_milliseconds(wall))}}},
        {"tests", std::move(tests)}}}};
  if (!environment.empty()) json["results"]["environment"] = std::move(environment);
  return json.dump(1) + "\n";
}

}  // namespace harness
