#include "session/suite_planning.h"

#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "base/files.h"
#include "base/listing.h"
#include "base/parallel.h"
#include "base/sha256.h"
#include "base/text.h"
#include "scenario/matrix.h"
#include "suite/select.h"

namespace harness {

namespace fs = std::filesystem;

namespace {

constexpr char kPlanAgain[] =
    "`uniharness plan --check FILE` says all that has changed; make the plan again for what is "
    "there now";

/// What of the machine's files and options the record will say (Fingerprint::options).
std::string machine_options(const Instance& instance, const Prepared& prepared) {
  if (prepared.fault) return {};
  const RunRecord record = make_record(instance.scenario, prepared.image, *prepared.facts);
  return printable_lines(record.fingerprint.options);
}

std::string image_hash(const Prepared& prepared) {
  return prepared.fault ? std::string() : prepared.facts->sha256;
}

[[noreturn]] void refuse(const std::vector<std::string>& changes) {
  throw Error("not as planned: " + listed(changes), kPlanAgain, ExitStatus::invalid_data);
}

/// Each scenario file's hash, by its name.
std::map<std::string, std::string> scenario_hashes(std::map<std::string, std::string> files) {
  std::vector<std::pair<const std::string, std::string>*> all;
  all.reserve(files.size());
  for (auto& entry : files) all.push_back(&entry);
  parallel_for(all.size(), [&](std::size_t i) {
    const std::string& file = all[i]->first;
    // The loader says what is wrong with a file, with the nearest name.
    std::error_code error;
    if (fs::is_regular_file(file, error)) all[i]->second = sha256_of_file(file);
  });
  return files;
}

}  // namespace

SuitePlan make_plan(const std::vector<Instance>& instances, const PreparedImages& images,
                    const std::vector<KnownDuration>& expected, const SuiteOptions& options) {
  std::map<std::string, std::string> hashes;
  for (const Instance& instance : instances) hashes[instance.scenario.file] = "";
  hashes = scenario_hashes(std::move(hashes));

  SuitePlan plan;
  plan.uniharness_version = UNIHARNESS_VERSION;
  plan.retries = options.retries;
  plan.allow_flaky = options.allow_flaky;
  plan.boots = options.run.boots;
  plan.clock = options.run.clock;
  plan.choice = {options.scenarios, options.patterns, options.quarantine.string()};
  plan.instances.resize(instances.size());
  parallel_for(instances.size(), [&](std::size_t i) {
    const Instance& instance = instances[i];
    const Prepared& prepared = images.at(&instance);
    plan.instances[i] = {.name = instance.scenario.name,
                         .scenario_file = instance.scenario.file,
                         .scenario_sha256 = hashes.at(instance.scenario.file),
                         .image_sha256 = image_hash(prepared),
                         .options = machine_options(instance, prepared),
                         .accel = instance.scenario.machine.accel,
                         .expected = expected[i],
                         .quarantine = printable_lines(instance.quarantine)};
  });
  return plan;
}

std::vector<Instance> planned_instances(const SuitePlan& plan, const PlanPart& part,
                                        const fs::path& root) {
  std::map<std::string, std::string> hashes;
  for (const std::size_t i : part.positions) hashes[plan.instances[i].scenario_file] = "";
  hashes = scenario_hashes(std::move(hashes));
  std::vector<fs::path> files;
  files.reserve(hashes.size());
  for (const auto& [file, hash] : hashes) files.emplace_back(file);
  std::map<std::string, Scenario> by_name;
  for (Scenario& scenario : load_all(files)) {
    std::string name = scenario.name;
    by_name.emplace(std::move(name), std::move(scenario));
  }

  std::vector<Instance> instances;
  std::vector<std::string> changes;
  RunOptions overrides;
  overrides.boots = plan.boots;
  overrides.clock = plan.clock;
  for (const std::size_t i : part.positions) {
    const PlannedInstance& planned = plan.instances[i];
    const auto found = by_name.find(planned.name);
    if (hashes.at(planned.scenario_file) != planned.scenario_sha256) {
      changes.push_back(
          fmt::format("the scenario file of '{}', {}", planned.name, planned.scenario_file));
    } else if (found == by_name.end()) {
      changes.push_back(fmt::format("{} has no '{}'", planned.scenario_file, planned.name));
    } else {
      Instance instance{.scenario = std::move(found->second),
                        .folder = root / folder_name(planned.name),
                        .quarantine = planned.quarantine};
      apply_overrides(overrides, instance.scenario);
      instance.scenario.machine.accel = planned.accel;
      instances.push_back(std::move(instance));
    }
  }
  if (!changes.empty()) refuse(changes);
  return instances;
}

void require_planned_images(const SuitePlan& plan, const std::vector<Instance>& instances,
                            const PreparedImages& images) {
  std::map<std::string_view, const PlannedInstance*> by_name;
  for (const PlannedInstance& one : plan.instances) by_name.emplace(one.name, &one);
  std::vector<std::string> changes(instances.size());
  parallel_for(instances.size(), [&](std::size_t i) {
    const Instance& instance = instances[i];
    const Prepared& prepared = images.at(&instance);
    const PlannedInstance& planned = *by_name.at(instance.scenario.name);
    if (prepared.fault && !planned.image_sha256.empty()) throw Error(*prepared.fault);
    if (image_hash(prepared) != planned.image_sha256) {
      changes[i] = fmt::format("the image of '{}' is {:.12}, planned was {:.12}", planned.name,
                               image_hash(prepared), planned.image_sha256);
    } else if (machine_options(instance, prepared) != planned.options) {
      changes[i] = fmt::format("what the machine of '{}' is given", planned.name);
    }
  });
  std::erase(changes, "");
  if (!changes.empty()) refuse(changes);
}

void require_planned_tool(const SuitePlan& plan) {
  if (plan.uniharness_version == UNIHARNESS_VERSION) return;
  refuse({fmt::format("the plan is of uniharness {}, this is {}", plan.uniharness_version,
                      UNIHARNESS_VERSION)});
}

}  // namespace harness
