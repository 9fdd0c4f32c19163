// A git revision of the project as something that can be built: its own worktree and build tree.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace harness::ab {

class RevisionBuild {
 public:
  /// Checks `revision` of the project that `build_dir` (a CMake build tree) builds out into a
  /// worktree below it, and configures a build tree there with the same compilers. Throws
  /// UsageError if there is no such revision, Error if git or CMake fails.
  RevisionBuild(const std::filesystem::path& build_dir, const std::string& revision,
                const std::function<void(std::string_view)>& on_output);
  /// Removes the worktree, its build tree, and git's note of them.
  ~RevisionBuild();
  RevisionBuild(const RevisionBuild&) = delete;
  RevisionBuild& operator=(const RevisionBuild&) = delete;

  [[nodiscard]] const std::filesystem::path& build_dir() const { return build_; }
  [[nodiscard]] const std::string& commit() const { return commit_; }

 private:
  void remove() noexcept;

  std::filesystem::path project_, worktree_, build_;
  std::string commit_;
};

}  // namespace harness::ab
