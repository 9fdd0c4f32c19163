// The folder of a suite's reports: who runs in it, what is planned there, what has ended there.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "base/pending_file.h"
#include "suite/suite.h"
#include "suite_plan/part.h"
#include "suite_plan/result_file.h"
#include "suite_plan/suite_plan.h"

namespace harness {

inline constexpr char kSuiteLockFile[] = ".suite.lock";

/// Keeps a suite's folder for a process until it ends, however it ends. `shared` are suites of
/// scenarios, of which several may run below one folder; a plan has its folder for itself. Throws
/// Error at once, naming the process, where the folder is taken.
class SuiteFolder {
 public:
  enum class Use { shared, alone };
  SuiteFolder(const std::filesystem::path& root, Use use);

 private:
  OpenFile lock_;
};

/// Writes plan.json and, unless it is the whole plan, part.json; then the suite can be gone on
/// with. Throws Error.
void keep_plan(const std::filesystem::path& root, const PlanFile& file, const PlanPart& part);

/// The part of the plan that is being run in `root`: what part.json says, or all of it. Throws
/// Error (invalid_data).
PlanPart kept_part(const std::filesystem::path& root, const PlanFile& file);

/// Takes away what an earlier suite has left of results, so that none of it is taken for one of
/// this suite. Throws Error.
void remove_results(const std::vector<Instance>& instances);

/// For each instance its result in the plan's suite, where there is a complete one in which the
/// harness could do its job; nullopt where it is to be run.
std::vector<std::optional<InstanceResult>> complete_results(const PlanFile& file,
                                                            const PlanPart& part,
                                                            const std::vector<Instance>& instances);

}  // namespace harness
