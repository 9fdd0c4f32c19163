#include "ab_test/revision.h"

#include <unistd.h>

#include <exception>
#include <fstream>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/shell.h"
#include "process/command.h"

namespace harness::ab {
namespace {

namespace fs = std::filesystem;

/// NAME:TYPE=VALUE lines of a CMakeCache.txt.
std::map<std::string, std::string> read_cache(const fs::path& build_dir) {
  std::ifstream in(build_dir / "CMakeCache.txt");
  std::map<std::string, std::string> values;
  for (std::string line; std::getline(in, line);) {
    const std::size_t colon = line.find(':'), equals = line.find('=');
    if (line.empty() || line[0] == '#' || line[0] == '/') continue;
    if (colon == line.npos || equals == line.npos || equals < colon) continue;
    values[line.substr(0, colon)] = line.substr(equals + 1);
  }
  return values;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(" \n\r") + 1);
  return text;
}

void must_run(const std::vector<std::string>& argv, const fs::path& folder,
              const std::function<void(std::string_view)>& on_output) {
  const CommandResult result = run_command(argv, folder, on_output);
  if (result.exit_status == 0) return;
  throw Error(shell_quoted(argv) + ": " + result.ending() + "\n" + result.output_tail,
              "run that command in " + folder.string() + " to see all of its output");
}

}  // namespace

RevisionBuild::RevisionBuild(const fs::path& build_dir, const std::string& revision,
                             const std::function<void(std::string_view)>& on_output) {
  const auto cache = read_cache(build_dir);
  const auto value = [&](const char* name) {
    const auto at = cache.find(name);
    return at == cache.end() ? std::string() : at->second;
  };
  project_ = value("CMAKE_HOME_DIRECTORY");
  if (project_.empty()) {
    throw Error("'" + build_dir.string() + "' does not say which project it builds",
                "configure it again: cmake --preset release");
  }
  const CommandResult found = run_command(
      {"git", "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"},
      project_);
  if (found.exit_status != 0) {
    throw UsageError("'" + revision + "' is neither a file nor a git revision of " +
                     project_.string());
  }
  commit_ = trimmed(found.output_tail);
  // The process id: two comparisons at one time must not share a worktree.
  worktree_ = build_dir / "ab" / (commit_.substr(0, 12) + "-" + std::to_string(getpid()));
  build_ = worktree_ / "build-ab";
  try {
    fs::create_directories(worktree_.parent_path());
    must_run({"git", "worktree", "add", "--detach", worktree_.string(), commit_}, project_,
             on_output);
    std::vector<std::string> configure = {
        "cmake", "-S", worktree_.string(), "-B", build_.string(), "-DBUILD_TESTING=OFF"};
    for (const char* name : {"CMAKE_C_COMPILER", "CMAKE_CXX_COMPILER", "CMAKE_BUILD_TYPE"}) {
      if (!value(name).empty()) configure.push_back(std::string("-D") + name + "=" + value(name));
    }
    if (!value("CMAKE_GENERATOR").empty())
      configure.insert(configure.end(), {"-G", value("CMAKE_GENERATOR")});
    must_run(configure, worktree_, on_output);
  } catch (...) {
    remove();
    throw;
  }
}

RevisionBuild::~RevisionBuild() { remove(); }

void RevisionBuild::remove() noexcept {
  try {
    // After Ctrl-C run_command ends git at once: then the folder goes by our own hand, and git
    // drops its note of it in its next clean-up.
    std::error_code ignored;
    fs::remove_all(build_, ignored);
    run_command({"git", "worktree", "remove", "--force", worktree_.string()}, project_);
  } catch (const std::exception&) {
    std::error_code ignored;
    fs::remove_all(worktree_, ignored);
  }
}

}  // namespace harness::ab
