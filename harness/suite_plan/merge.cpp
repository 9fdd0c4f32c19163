#include "suite_plan/merge.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/listing.h"
#include "base/text.h"
#include "model/verdict.h"
#include "scenario/matrix.h"
#include "suite/outcome.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
using std::chrono::nanoseconds;

/// What was found of one instance.
struct Candidates {
  std::vector<const FoundResult*> results = {};
  std::vector<std::string> refused = {};  // sentences
};

std::string shown(const fs::path& folder) { return printable(folder.string()); }

/// "pass in a/x, fail in b/x".
std::string outcomes_text(const std::vector<const FoundResult*>& results) {
  std::vector<std::string> all;
  all.reserve(results.size());
  for (const FoundResult* one : results) {
    all.push_back(fmt::format("{} in {}", verdict_name(one->result.attempts.front().verdict.kind),
                              shown(one->folder)));
  }
  return listed(all);
}

/// The moment of the first start, and what of a suite only a clock can say.
void add_times(const std::vector<const FoundResult*>& counted, SuiteResult& suite) {
  if (counted.empty()) return;
  std::vector<std::pair<nanoseconds, int>> steps;  // +1 where an instance begins, -1 where it ends
  for (const FoundResult* one : counted) {
    steps.emplace_back(one->result.started, 1);
    steps.emplace_back(nanoseconds(one->result.started) + one->result.wall(), -1);
  }
  std::ranges::sort(steps);
  int now = 0, most = 1;
  for (const auto& [at, step] : steps) most = std::max(most, now += step);
  suite.jobs = static_cast<unsigned>(most);
  suite.wall = steps.back().first - steps.front().first;
  const std::time_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(steps.front().first).count();
  suite.started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

InstanceResult lost_result(const PlannedInstance& planned, fs::path folder,
                           const std::vector<std::string>& refused) {
  const std::string why =
      refused.empty() ? "no result of it was found" : "no result of it counts: " + listed(refused);
  return {.name = planned.name,
          .scenario_file = planned.scenario_file,
          .folder = std::move(folder),
          .outcome = Outcome::lost,
          .attempts = {{.verdict = {VerdictKind::harness_error, why}}}};
}

}  // namespace

std::string result_refusal(const PlanFile& file, const PlannedInstance& planned,
                           const SuiteResultFile& result) {
  if (result.uniharness_version != file.plan.uniharness_version) {
    return fmt::format("it is of uniharness {}, the plan of {}", result.uniharness_version,
                       file.plan.uniharness_version);
  }
  if (result.image_sha256 != planned.image_sha256) {
    return fmt::format("it is of the image {:.12}, planned was {:.12}", result.image_sha256,
                       planned.image_sha256);
  }
  if (result.plan_sha256 != file.sha256) {
    return fmt::format("it is of the plan {:.12}, not of {:.12}", result.plan_sha256, file.sha256);
  }
  if (result.options != planned.options) return "its machine was given other things than planned";
  return {};
}

InstanceResult settled_result(const PlannedInstance& planned, const SuiteResultFile& result,
                              fs::path folder) {
  return {.name = planned.name,
          .scenario_file = planned.scenario_file,
          .folder = std::move(folder),
          .outcome = settle(result.attempts, !planned.quarantine.empty()),
          .attempts = result.attempts,
          .quarantine = planned.quarantine};
}

MergedSuite merge_results(const PlanFile& file, std::vector<FoundResult> found,
                          const fs::path& out) {
  const std::vector<PlannedInstance>& planned = file.plan.instances;
  std::map<std::string, std::size_t> by_name, by_folder;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    by_name.emplace(planned[i].name, i);
    by_folder.emplace(folder_name(planned[i].name), i);
  }
  MergedSuite merged;
  SuiteResult& suite = merged.suite;
  suite.uniharness_version = file.plan.uniharness_version;
  suite.allow_flaky = file.plan.allow_flaky;

  std::ranges::sort(found, {}, [](const FoundResult& one) {
    return std::tuple(!one.result.says_something_of_the_guest(), one.result.started, one.folder);
  });
  std::vector<Candidates> candidates(planned.size());
  for (const FoundResult& one : found) {
    const auto at = one.fault.empty() ? by_name.find(one.result.name)
                                      : by_folder.find(one.folder.filename().string());
    const bool known = at != (one.fault.empty() ? by_name.end() : by_folder.end());
    std::string fault = one.fault;
    if (fault.empty() && !known) fault = "'" + one.result.name + "' is no instance of the plan";
    if (fault.empty()) fault = result_refusal(file, planned[at->second], one.result);
    if (fault.empty()) {
      candidates[at->second].results.push_back(&one);
      continue;
    }
    std::string told = one.fault.empty() ? shown(one.folder) + ": " + fault : printable(fault);
    suite.notes.push_back("refused: " + told);
    if (known) candidates[at->second].refused.push_back(std::move(told));
  }

  std::vector<const FoundResult*> counted;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    const fs::path folder = out / folder_name(planned[i].name);
    const auto& [results, refused] = candidates[i];
    merged.counted.push_back(results.empty() ? fs::path() : results.front()->folder);
    if (results.empty()) {
      suite.instances.push_back(lost_result(planned[i], folder, refused));
      continue;
    }
    counted.push_back(results.front());
    suite.instances.push_back(settled_result(planned[i], results.front()->result, folder));
    if (results.size() > 1) {
      suite.notes.push_back(fmt::format("'{}' ran {} times: {}; the first of them counts",
                                        planned[i].name, results.size(), outcomes_text(results)));
    }
  }
  add_times(counted, suite);
  suite.status = status_of(suite.instances, suite.allow_flaky);
  return merged;
}

}  // namespace harness
