#include "view/runs.h"

#include <algorithm>

#include "base/sha256.h"

namespace harness::view {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFolders = 50'000;
constexpr int kMaxDepth = 3;

std::string id_of(const std::string& name) { return sha256_of(name).substr(0, 16); }

bool is_file(const fs::path& file) {
  std::error_code error;
  return fs::symlink_status(file, error).type() == fs::file_type::regular;
}

}  // namespace

std::vector<RunFolder> runs_in(const fs::path& root) {
  std::vector<RunFolder> runs;
  std::vector<std::pair<fs::path, int>> pending = {{root, 0}};
  std::size_t visited = 0;
  while (!pending.empty() && visited < kMaxFolders && runs.size() < kMaxRuns) {
    const auto [folder, depth] = pending.back();
    pending.pop_back();
    ++visited;
    RunFolder run;
    run.folder = folder;
    run.recorded = is_file(folder / "record.json");
    run.live = is_file(folder / "status.json");
    if (run.recorded || run.live) {
      run.name = folder == root ? fs::absolute(root).lexically_normal().filename().string()
                                : folder.lexically_relative(root).string();
      run.id = id_of(folder == root ? "." : run.name);
      runs.push_back(std::move(run));
    }
    if (depth == kMaxDepth) continue;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      std::error_code ignored;
      if (at->symlink_status(ignored).type() == fs::file_type::directory) {
        pending.emplace_back(at->path(), depth + 1);
      }
    }
  }
  std::ranges::sort(runs, {}, &RunFolder::name);
  return runs;
}

}  // namespace harness::view
