#include "commands/merge.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/copy_file.h"
#include "base/parallel.h"
#include "base/pending_file.h"
#include "base/text.h"
#include "live/status.h"
#include "scenario/matrix.h"
#include "session/ran_here.h"
#include "session/ready_suite.h"
#include "session/suite_folder.h"
#include "suite_plan/merge.h"
#include "suite_plan/part.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// What lies below the folders of the parts.
struct Collected {
  std::vector<FoundResult> results = {};
  std::vector<std::string> notes = {};
};

std::set<std::string> planned_folders(const SuitePlan& plan) {
  std::set<std::string> names;
  for (const PlannedInstance& one : plan.instances) names.insert(folder_name(one.name));
  return names;
}

/// Folders of `part` that hold a result, or should.
std::vector<fs::path> result_folders(const fs::path& part, const std::set<std::string>& planned,
                                     std::vector<std::string>& notes) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator at(part, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool is_result = planned.contains(at->path().filename().string()) ||
                           fs::exists(at->path() / kResultFile, ignored);
    if (is_result && at->is_directory(ignored)) folders.push_back(at->path());
  }
  const std::string name = printable(part.string());
  if (error) {
    notes.push_back(name + " cannot be read: " + error.message());
  } else if (folders.empty()) {
    notes.push_back(name + ": no folder in it holds a result");
  }
  return folders;
}

Collected collect(const std::vector<fs::path>& parts, const SuitePlan& plan) {
  Collected all;
  const std::set<std::string> planned = planned_folders(plan);
  std::set<fs::path> seen;
  std::vector<fs::path> folders;
  for (const fs::path& part : parts) {
    std::error_code error;
    if (!seen.insert(fs::weakly_canonical(part, error)).second) continue;
    std::ranges::move(result_folders(part, planned, all.notes), std::back_inserter(folders));
  }
  all.results.resize(folders.size());
  parallel_for(folders.size(), [&](std::size_t i) {
    all.results[i].folder = folders[i];
    try {
      all.results[i].result = load_result(folders[i]);
    } catch (const Error& error) {
      all.results[i].fault = error.what();
    }
  });
  return all;
}

/// Whether a merge may write to `out`: only beside what an earlier one of this plan has left.
void require_room(const fs::path& out, const PlanFile& file) {
  std::error_code error;
  bool is_empty = true;
  for (const auto& entry : fs::directory_iterator(out)) {
    is_empty = is_empty && entry.path().filename() == kSuiteLockFile;
  }
  if (is_empty) return;
  if (!fs::exists(out / kPlanFile, error) || load_plan(out / kPlanFile).sha256 != file.sha256) {
    throw UsageError("--out " + out.string() + " holds other things than a merge of this plan",
                     "name a folder that is new or empty");
  }
}

void clear_earlier_merge(const fs::path& out, const SuitePlan& plan) {
  std::error_code error;
  for (const std::string& name : planned_folders(plan)) {
    fs::remove_all(out / name, error);
    if (error) cannot("remove", out / name, error.value());
  }
}

std::set<std::string> run_keys(const Collected& found) {
  std::set<std::string> keys;
  for (const FoundResult& one : found.results) keys.insert(run_key(one.result));
  return keys;
}

/// The same run may have been merged by a merge that was cut off: it is no second one.
void add_what_ran_here(const fs::path& out, const SuitePlan& plan, Collected& found) {
  std::error_code error;
  if (!fs::exists(out / kRanHereFolder, error)) return;
  const std::set<std::string> of_parts = run_keys(found);
  for (FoundResult& one : collect({out / kRanHereFolder}, plan).results) {
    if (!of_parts.contains(run_key(one.result))) found.results.push_back(std::move(one));
  }
}

/// A folder of reports again elsewhere: as links, which take no room, or where the file system
/// cannot, as copies. What is no file or folder stays behind.
void link_reports(const fs::path& from, const fs::path& to) {
  const OpenFile made = open_folder(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_symlink() || name == kStatusFile) continue;
    if (entry.is_directory()) {
      link_reports(entry.path(), to / name);
    } else if (entry.is_regular_file()) {
      std::error_code error;
      fs::create_hard_link(entry.path(), to / name, error);
      if (error) copy_sparse(entry.path(), to / name);
    }
  }
}

/// What has no result is not lost: it was not waited for.
void end_as_stopped(SuiteResult& suite) {
  suite.status = ExitStatus::interrupted;
  for (InstanceResult& result : suite.instances) {
    if (result.outcome != Outcome::lost) continue;
    result.outcome = Outcome::not_run;
    result.attempts.clear();
  }
}

void refuse_own_parts(const MergeOptions& options) {
  std::error_code error;
  for (const fs::path& part : options.folders) {
    if (!fs::equivalent(part, options.output.out, error)) continue;
    throw UsageError("--out " + options.output.out.string() + " is one of the parts",
                     "name a folder that is new or empty");
  }
}

}  // namespace

ExitStatus merge(const MergeOptions& options) {
  const fs::path& out = options.output.out;
  const PlanFile file = load_plan(options.plan);
  refuse_own_parts(options);
  const SuiteFolder folder(out, SuiteFolder::Use::alone);
  require_room(out, file);
  Collected found = collect(options.folders, file.plan);
  set_aside_what_ran_here(out, file);
  clear_earlier_merge(out, file.plan);
  add_what_ran_here(out, file.plan, found);
  keep_merged(out, run_keys(found));
  MergedSuite merged = merge_results(file, std::move(found.results), out);
  std::ranges::move(found.notes, std::back_inserter(merged.suite.notes));
  std::ranges::copy(options.notes, std::back_inserter(merged.suite.notes));
  if (options.stopped) end_as_stopped(merged.suite);
  parallel_for(merged.counted.size(), [&](std::size_t i) {
    if (!merged.counted[i].empty()) {
      link_reports(merged.counted[i], merged.suite.instances[i].folder);
    }
  });
  keep_plan(out, file, whole_plan(file.plan));
  deliver_suite(merged.suite, options.output, out);
  return merged.suite.status;
}

}  // namespace harness
