#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"
#include "base/time.h"
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

/// Of "2026-01-02T03:04:05Z", as a record says it; nullopt for anything else.
std::optional<std::int64_t> unix_milliseconds(const std::string& utc) {
  using namespace std::chrono;
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (std::sscanf(utc.c_str(), "%4d-%2u-%2uT%2u:%2u:%2uZ", &year, &month, &day, &hour, &minute,
                  &second) != 6) {
    return std::nullopt;
  }
  const year_month_day date{std::chrono::year(year), std::chrono::month(month),
                            std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  const auto time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
  return duration_cast<milliseconds>(time.time_since_epoch()).count();
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
  const std::int64_t start = unix_milliseconds(record.started_at).value_or(0);
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
