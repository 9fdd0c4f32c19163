#include "build/command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/error.h"
#include "machine/machine.h"

namespace harness {
namespace {

constexpr std::size_t kTailBytes = 8192;

/// Starts argv with its output on `output`; returns its process id.
pid_t spawn(const std::vector<std::string>& argv, const std::filesystem::path& folder, int output) {
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (const std::string& argument : argv) {
    arguments.push_back(const_cast<char*>(argument.c_str()));  // execvp's historical signature
  }
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw Error("cannot run '" + argv[0] + "': " + std::strerror(error),
                error == ENOENT ? "is it installed, and in PATH?" : "");
  }
  return child;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

std::string CommandResult::ending() const {
  if (exit_status > 128) return "killed by signal " + std::to_string(exit_status - 128);
  return "exit status " + std::to_string(exit_status);
}

CommandResult run_command(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                          const std::function<void(std::string_view)>& on_output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw Error(std::string("pipe: ") + std::strerror(errno));
  pid_t child = 0;
  try {
    child = spawn(argv, folder, ends[1]);
  } catch (...) {
    close(ends[0]);
    close(ends[1]);
    throw;
  }
  close(ends[1]);

  CommandResult result;
  std::array<char, 16384> block;
  bool stopping = false;
  for (;;) {
    const ssize_t size = read(ends[0], block.data(), block.size());
    if (size < 0 && errno == EINTR) {
      // Its process group is ours, so a Ctrl-C has reached it too; SIGTERM to us alone has not.
      if (interrupted() && !stopping) {
        kill(child, SIGTERM);
        stopping = true;
      }
      continue;
    }
    if (size <= 0) break;
    const std::string_view output(block.data(), static_cast<std::size_t>(size));
    if (on_output) on_output(output);
    result.output_tail += output;
    if (result.output_tail.size() > 2 * kTailBytes) {
      result.output_tail.erase(0, result.output_tail.size() - kTailBytes);
    }
  }
  close(ends[0]);
  result.exit_status = wait_for(child);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  if (result.output_tail.size() > kTailBytes) {
    result.output_tail.erase(0, result.output_tail.size() - kTailBytes);
    result.output_tail.erase(0, result.output_tail.find('\n') + 1);
  }
  return result;
}

}  // namespace harness
