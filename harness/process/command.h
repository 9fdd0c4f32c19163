// Runs a command of the user's (a build) and keeps the end of what it said. QEMU is not started
// here: machine/ does that.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct CommandResult {
  int exit_status = 0;      // 128 + signal where a signal ended it, as a shell says it
  std::string output_tail;  // last 8 KiB of stdout and stderr, from the start of a line
  [[nodiscard]] std::string ending() const;  // "exit status 2", "killed by signal 9"
};

/// Runs argv (argv[0] is looked up in PATH; no shell) in `folder` with stdin empty. `on_output`
/// gets all output as it comes. Throws Error if the command cannot be started; with
/// ExitStatus::interrupted, after ending the command, if Ctrl-C came. The kernel kills the command
/// if our thread dies first; not what the command itself has started.
CommandResult run_command(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                          const std::function<void(std::string_view)>& on_output = {});

}  // namespace harness
