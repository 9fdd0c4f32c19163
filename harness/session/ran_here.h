// Results that `run --resume FOLDER` made in the folder of a merge. No part has them, so the next
// merge into that folder must not take them for what the last one left.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "suite_plan/result_file.h"
#include "suite_plan/suite_plan.h"

namespace harness {

/// Below the folder of a merge: one more part. No instance has a name that begins with a dot.
inline constexpr char kRanHereFolder[] = ".ran-here";

/// The same for two results of one run of an instance, and for no others.
std::string run_key(const SuiteResultFile& result);

/// Says in `root` which results a merge has put there. Throws Error.
void keep_merged(const std::filesystem::path& root, const std::set<std::string>& run_keys);

/// Moves the complete results of the plan that lie in `root`, and that no merge has put there, to
/// root/.ran-here. Throws Error where a folder cannot be moved.
void set_aside_what_ran_here(const std::filesystem::path& root, const PlanFile& file);

}  // namespace harness
