// A plan: what a suite is to run, decided once, so that any number of machines run parts of it and
// the results can be put together again. It is a file, plan.json; results name it by its hash.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"

namespace harness {

inline constexpr char kPlanFile[] = "plan.json";
/// The longest that an instance takes, 11 days: sums of so many stay numbers, and a double keeps
/// the nanoseconds.
inline constexpr double kMostInstanceMilliseconds = 1e9;

/// One instance, with all that must not change until it has run.
struct PlannedInstance {
  std::string name, scenario_file;
  std::string scenario_sha256 = {};  // of the file
  std::string image_sha256 = {};     // of what is booted; empty: there was none
  std::string options = {};          // Fingerprint::options: what else the machine is given
  std::string accel = {};            // the one that `auto` became
  std::optional<std::chrono::nanoseconds> expected = {};  // its boots, as they took before
  std::string quarantine = {};                            // as in Instance
};

/// How the instances were chosen: by the same words they can be chosen again.
struct PlanChoice {
  std::vector<std::string> scenarios = {};  // files, globs, folders
  std::vector<std::string> patterns = {};   // of -k
  std::string quarantine = {};              // the list of known failures, or empty
};

struct SuitePlan {
  std::string uniharness_version = {};
  std::size_t parts = 0;  // in how many it is to be run; 0: not said
  unsigned retries = 0;
  bool allow_flaky = false;
  std::optional<std::uint64_t> boots = {};  // instead of the scenarios'
  std::optional<ClockKind> clock = {};      // instead of the scenarios'
  PlanChoice choice = {};
  std::vector<PlannedInstance> instances = {};  // in order; never empty in a file
};

/// A plan and the text it stands in.
struct PlanFile {
  SuitePlan plan;
  std::string text = {};
  std::string sha256 = {};  // of the text
};

/// plan.json: the same plan makes the same text.
PlanFile plan_file(SuitePlan plan);
/// The inverse; `name` is the file, for messages. The text may come from anywhere: throws Error
/// (invalid_data) with the path of what is missing, unknown, of the wrong type or twice.
SuitePlan plan_from_json(std::string_view text, const std::string& name);
/// Reads a file. Throws Error as plan_from_json(), and where it cannot be read.
PlanFile load_plan(const std::filesystem::path& file);

/// What differs between a plan and one made by the same words later, a sentence each: the tool,
/// instances that are new or gone, and of the others the scenario, the image, what the machine is
/// given, the accelerator, the quarantine. Pure.
std::vector<std::string> plan_changes(const SuitePlan& then, const SuitePlan& now);

}  // namespace harness
