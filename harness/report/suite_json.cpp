#include "report/suite_json.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/json.h"
#include "base/json_reading.h"
#include "base/text.h"
#include "base/time.h"
#include "model/verdict.h"
#include "suite/guest_tests_json.h"
#include "suite/outcome.h"

namespace harness {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSuiteSchema = 1;

// ---- writing ----------------------------------------------------------------------------------

Json attempt_json(const Attempt& attempt) {
  Json json = {{"verdict", verdict_name(attempt.verdict.kind)},
               {"reason", printable_lines(attempt.verdict.reason)},
               {"exit_status", static_cast<int>(exit_status(attempt.verdict.kind))},
               {"wall_ms", in_milliseconds(attempt.wall)},
               {"boots_ms", in_milliseconds(attempt.boots)}};
  write_guest_tests(attempt.tests, json);
  return json;
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

Json counts_json(const std::vector<InstanceResult>& instances) {
  Json counts = Json::object();
  const auto numbers = count_outcomes(instances);
  for (std::size_t i = 0; i < kOutcomeCount; ++i) counts[kOutcomeNames[i]] = numbers[i];
  return counts;
}

// ---- reading ----------------------------------------------------------------------------------

constexpr char kHint[] = "run the suite again, or restore the file";

ExitStatus read_status(const Json& json, const JsonPlace& at) {
  for (const ExitStatus status : kSeriousness) {
    if (json == static_cast<int>(status)) return status;
  }
  at.refuse("not an exit status");
}

Attempt read_attempt(const Json& json, const JsonPlace& at) {
  require_keys(json, at, {"verdict", "reason", "exit_status", "wall_ms", "boots_ms"},
               {kGuestTestsKey});
  const auto kind = verdict_of(read_shown_text(json["verdict"], at.member("verdict")));
  if (!kind) at.member("verdict").refuse("not the name of a verdict");
  if (read_status(json["exit_status"], at.member("exit_status")) != exit_status(*kind)) {
    at.member("exit_status").refuse("is not that of the verdict");
  }
  Attempt attempt;
  attempt.verdict = {*kind, read_shown_text(json["reason"], at.member("reason"))};
  attempt.wall = read_milliseconds(json["wall_ms"], at.member("wall_ms"));
  attempt.boots = read_milliseconds(json["boots_ms"], at.member("boots_ms"));
  attempt.tests = read_guest_tests(json, at);
  return attempt;
}

Outcome read_outcome(const Json& json, const JsonPlace& at) {
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    if (json == kOutcomeNames[i]) return static_cast<Outcome>(i);
  }
  at.refuse("not the name of an outcome");
}

/// Whether a flaky instance did not fail the suite.
bool allows_flaky(const Json& instances) {
  return std::ranges::any_of(instances, [](const Json& one) {
    return one.is_object() && one.contains("outcome") && one.contains("exit_status") &&
           one["outcome"] == outcome_name(Outcome::flaky) &&
           one["exit_status"] == static_cast<int>(ExitStatus::pass);
  });
}

InstanceResult read_instance(const Json& json, const JsonPlace& at, bool allow_flaky) {
  require_keys(json, at, {"name", "scenario_file", "folder", "outcome", "exit_status", "attempts"},
               {"quarantine"});
  InstanceResult result;
  result.name = read_shown_text(json["name"], at.member("name"));
  result.scenario_file = read_shown_text(json["scenario_file"], at.member("scenario_file"));
  result.folder = read_shown_text(json["folder"], at.member("folder"));
  result.outcome = read_outcome(json["outcome"], at.member("outcome"));
  if (json.contains("quarantine")) {
    result.quarantine = read_shown_text(json["quarantine"], at.member("quarantine"));
  }
  for (const Json& attempt : read_array(json["attempts"], at.member("attempts"))) {
    result.attempts.push_back(
        read_attempt(attempt, at.member("attempts").item(result.attempts.size())));
  }
  // An instance that was interrupted has an attempt, and did not run.
  if (result.attempts.empty() && result.outcome != Outcome::not_run) {
    at.member("attempts").refuse("at least one is expected");
  }
  const ExitStatus status = read_status(json["exit_status"], at.member("exit_status"));
  if (status != status_of(result, allow_flaky)) {
    at.member("exit_status").refuse("does not agree with the outcome");
  }
  return result;
}

}  // namespace

std::string render_suite_json(const SuiteResult& suite) {
  Json json = {{"schema", kSuiteSchema},
               {"uniharness", suite.uniharness_version},
               {"started_at", suite.started_at},
               {"wall_ms", in_milliseconds(suite.wall)},
               {"jobs", suite.jobs},
               {"exit_status", static_cast<int>(suite.status)},
               {"counts", counts_json(suite.instances)},
               {"instances", Json::array()},
               {"notes", Json::array()}};
  for (const InstanceResult& result : suite.instances) {
    json["instances"].push_back(instance_json(result, suite.allow_flaky));
  }
  for (const std::string& note : suite.notes) json["notes"].push_back(printable_lines(note));
  return json.dump(2) + "\n";
}

SuiteResult suite_from_json(std::string_view text, const std::string& name) {
  constexpr std::size_t kDepth = 8;
  const JsonPlace root{name, kHint};
  const Json json = is_valid_json(text, kDepth) ? Json::parse(text, nullptr, false) : Json();
  if (json.is_null() || json.is_discarded()) root.refuse("not JSON, or nested too deep");
  require_keys(json, root,
               {"schema", "uniharness", "started_at", "wall_ms", "jobs", "exit_status", "counts",
                "instances", "notes"});
  if (json["schema"] != kSuiteSchema) {
    root.member("schema").refuse("this version reads schema " + std::to_string(kSuiteSchema));
  }
  SuiteResult suite;
  suite.uniharness_version = read_shown_text(json["uniharness"], root.member("uniharness"));
  suite.started_at = read_shown_text(json["started_at"], root.member("started_at"));
  suite.wall = read_milliseconds(json["wall_ms"], root.member("wall_ms"));
  const Json& jobs = json["jobs"];
  if (!jobs.is_number_unsigned() ||
      jobs.get<std::uint64_t>() > std::numeric_limits<unsigned>::max()) {
    root.member("jobs").refuse("expected a whole number, not below 0");
  }
  suite.jobs = jobs.get<unsigned>();
  suite.status = read_status(json["exit_status"], root.member("exit_status"));
  const Json::array_t& instances = read_array(json["instances"], root.member("instances"));
  suite.allow_flaky = allows_flaky(instances);
  for (const Json& instance : instances) {
    suite.instances.push_back(read_instance(
        instance, root.member("instances").item(suite.instances.size()), suite.allow_flaky));
  }
  Json counts = json["counts"];
  // Files of versions that could lose no instance do not say how many they lost.
  constexpr const char* kLost = outcome_name(Outcome::lost);
  if (counts.is_object() && !counts.contains(kLost)) counts[kLost] = 0;
  if (counts != counts_json(suite.instances)) {
    root.member("counts").refuse("are not those of the instances");
  }
  for (const Json& note : read_array(json["notes"], root.member("notes"))) {
    suite.notes.push_back(read_shown_text(note, root.member("notes").item(suite.notes.size())));
  }
  return suite;
}

}  // namespace harness
