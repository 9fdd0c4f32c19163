#include "session/ran_here.h"

#include <fmt/format.h>

#include <fstream>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/pending_file.h"
#include "scenario/matrix.h"
#include "suite_plan/merge.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr char kMergedFile[] = ".merged";

std::optional<SuiteResultFile> complete_result(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder / kResultFile, error)) return std::nullopt;
  try {
    return load_result(folder);
  } catch (const Error&) {
    return std::nullopt;  // half a result is none, wherever it lies
  }
}

/// The lines of the file; none where there is no file.
std::set<std::string> merged_runs(const fs::path& root) {
  std::set<std::string> keys;
  std::ifstream in(root / kMergedFile);
  for (std::string line; std::getline(in, line);) keys.insert(std::move(line));
  return keys;
}

void move_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  if (!error) fs::remove_all(to, error);
  if (!error) fs::rename(from, to, error);
  if (error) cannot("move", from, error.value());
}

}  // namespace

std::string run_key(const SuiteResultFile& result) {
  return fmt::format("{}|{}|{}", result.record_sha256, result.started.count(), result.name);
}

void keep_merged(const fs::path& root, const std::set<std::string>& run_keys) {
  std::string text;
  for (const std::string& key : run_keys) text += key + "\n";
  write_atomically(root / kMergedFile, text);
}

void set_aside_what_ran_here(const fs::path& root, const PlanFile& file) {
  const std::set<std::string> merged = merged_runs(root);
  for (const PlannedInstance& planned : file.plan.instances) {
    const std::string name = folder_name(planned.name);
    const auto here = complete_result(root / name);
    if (!here || here->name != planned.name || merged.contains(run_key(*here)) ||
        !result_refusal(file, planned, *here).empty()) {
      continue;
    }
    move_folder(root / name, root / kRanHereFolder / name);
  }
}

}  // namespace harness
