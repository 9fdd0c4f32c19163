#include "session/suite_choice.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "base/files.h"
#include "base/format.h"
#include "base/parallel.h"
#include "base/processors.h"
#include "base/sha256.h"
#include "report/suite_json.h"
#include "scenario/matrix.h"
#include "suite/quarantine.h"
#include "suite/select.h"
#include "suite_plan/result_file.h"

namespace harness {

namespace fs = std::filesystem;

fs::path root_folder(const SuiteOptions& options) {
  return options.run.output.out.empty() ? fs::path("reports") : options.run.output.out;
}

unsigned jobs_of(const SuiteOptions& options) {
  if (options.jobs != 0) return options.jobs;
  return tasks_worth_running();
}

namespace {

std::string today() {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(now));
}

std::vector<Instance> instances_of(std::vector<Scenario> scenarios, const SuiteOptions& options) {
  std::vector<Instance> instances;
  for (Scenario& scenario : scenarios) {
    if (!chosen(options.patterns, scenario.name)) continue;
    apply_overrides(options.run, scenario);
    fs::path folder = root_folder(options) / folder_name(scenario.name);
    instances.push_back({.scenario = std::move(scenario), .folder = std::move(folder)});
  }
  if (instances.empty()) {
    throw UsageError(fmt::format("none of {} is called: {}", count_of(scenarios.size(), "instance"),
                                 fmt::join(options.patterns, ", ")),
                     "--list prints their names");
  }
  return instances;
}

/// How long each instance took in the suite of `file`, a summary.json.
std::vector<KnownDuration> durations_in(const fs::path& file, const std::string& text,
                                        const std::vector<Instance>& instances) {
  std::map<std::string, std::chrono::nanoseconds> times;
  for (const InstanceResult& result : suite_from_json(text, file.string()).instances) {
    if (!result.attempts.empty()) times[result.name] = result.attempts.back().boots;
  }
  std::vector<KnownDuration> known;
  known.reserve(instances.size());
  for (const Instance& instance : instances) {
    const auto found = times.find(instance.scenario.name);
    known.push_back(found != times.end() ? KnownDuration(found->second) : std::nullopt);
  }
  return known;
}

/// Leaves the instances of our shard. Which they are does not depend on what lies in folders of
/// reports, for that differs from machine to machine, and an instance that each leaves to the
/// others would never run.
void keep_shard(const SuiteOptions& options, std::vector<Instance>& instances,
                std::vector<std::string>& notes) {
  const std::string& text = options.shard;
  if (text.empty()) return;
  const std::optional<Shard> shard = parse_shard(text);
  if (!shard) {
    throw UsageError("--shard " + text + " is not a valid part",
                     "write i/n, with i from 1 to n: --shard 2/5");
  }
  std::vector<std::string> names;
  names.reserve(instances.size());
  for (const Instance& instance : instances) names.push_back(instance.scenario.name);
  std::vector<KnownDuration> known(instances.size());
  std::string by = "by their names";
  if (!options.times.empty()) {
    const std::string times = read_file(options.times);
    known = durations_in(options.times, times, instances);
    by = fmt::format("by the times with SHA-256 {:.16}", sha256_of(times));
  }
  const std::vector<std::size_t> shard_of = assign_shards(names, estimates(known), shard->count);
  std::vector<Instance> ours;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    if (shard_of[i] == shard->index) ours.push_back(std::move(instances[i]));
  }
  if (ours.empty()) {
    throw UsageError(fmt::format("shard {} is empty: there is only {} to be split", text,
                                 count_of(instances.size(), "instance")),
                     fmt::format("split it into at most {} parts", instances.size()));
  }
  notes.push_back(fmt::format("shard {}: {} of {}, {}", text, ours.size(),
                              count_of(instances.size(), "instance"), by));
  instances = std::move(ours);
}

/// What result.json says, which a suite leaves beside a record and is a hundredth of its size;
/// nullopt where a run without a suite has written another record since.
KnownDuration duration_of_result(const fs::path& folder) {
  const fs::path file = folder / kResultFile;
  std::error_code error;
  const auto written = fs::last_write_time(file, error);
  if (error) return std::nullopt;
  const auto recorded = fs::last_write_time(folder / "record.json", error);
  if (error || recorded > written) return std::nullopt;
  try {
    return result_from_json(read_file(file), file.string()).attempts.front().boots;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

SuiteChoice choose_instances(std::vector<Scenario> scenarios, const SuiteOptions& options) {
  SuiteChoice choice{.instances = instances_of(std::move(scenarios), options)};
  keep_shard(options, choice.instances, choice.notes);
  if (!options.quarantine.empty()) {
    const bool whole = options.patterns.empty() && options.shard.empty();
    std::ranges::move(
        apply_quarantine(load_quarantine(options.quarantine), today(), whole, choice.instances),
        std::back_inserter(choice.notes));
  }
  return choice;
}

std::vector<KnownDuration> known_durations(const std::vector<Instance>& instances,
                                           const SuiteOptions& options) {
  if (!options.times.empty()) {
    return durations_in(options.times, read_file(options.times), instances);
  }
  std::vector<KnownDuration> known(instances.size());
  parallel_for(known.size(), [&](std::size_t i) {
    known[i] = duration_of_result(instances[i].folder);
    if (!known[i]) known[i] = last_duration(instances[i].folder);
  });
  return known;
}

}  // namespace harness
