// summary.json: what became of a suite, for programs. The only file of report/ that knows the JSON
// library.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/time.h"
#include "model/verdict.h"
#include "report/digest.h"
#include "report/suite_report.h"
#include "suite/outcome.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSuiteSchema = 1;

Json attempt_json(const Attempt& attempt) {
  return {{"verdict", verdict_name(attempt.verdict.kind)},
          {"reason", printable_lines(attempt.verdict.reason)},
          {"exit_status", static_cast<int>(exit_status(attempt.verdict.kind))},
          {"wall_ms", in_milliseconds(attempt.wall)},
          {"boots_ms", in_milliseconds(attempt.boots)}};
}

Json instance_json(const InstanceResult& result, bool allow_flaky) {
  Json json = {{"name", result.name},
               {"scenario_file", printable_lines(result.scenario_file)},
               {"folder", printable_lines(result.folder.string())},
               {"outcome", outcome_name(result.outcome)},
               {"exit_status", static_cast<int>(status_of(result, allow_flaky))},
               {"attempts", Json::array()}};
  for (const Attempt& attempt : result.attempts) json["attempts"].push_back(attempt_json(attempt));
  if (!result.quarantine.empty()) json["quarantine"] = printable_lines(result.quarantine);
  return json;
}

}  // namespace

std::string render_suite_json(const SuiteResult& suite) {
  Json counts = Json::object();
  const auto numbers = count_outcomes(suite.instances);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) counts[kOutcomeNames[i]] = numbers[i];
  Json json = {{"schema", kSuiteSchema},
               {"uniharness", suite.uniharness_version},
               {"started_at", suite.started_at},
               {"wall_ms", in_milliseconds(suite.wall)},
               {"jobs", suite.jobs},
               {"exit_status", static_cast<int>(suite.status)},
               {"counts", counts},
               {"instances", Json::array()},
               {"notes", Json::array()}};
  for (const InstanceResult& result : suite.instances) {
    json["instances"].push_back(instance_json(result, suite.allow_flaky));
  }
  for (const std::string& note : suite.notes) json["notes"].push_back(printable_lines(note));
  return json.dump(2) + "\n";
}

}  // namespace harness
