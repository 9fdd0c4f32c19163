#include "process/command.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>

#include "base/error.h"
#include "process/descriptor.h"
#include "process/interrupt.h"

namespace harness {
namespace {

constexpr std::size_t kTailBytes = 8192;
constexpr std::size_t kPipeBytes = 64 << 10;

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

/// Takes what is there, without waiting.
void take_output(Pipe& pipe, CommandResult& result,
                 const std::function<void(std::string_view)>& on_output) {
  std::array<char, 16384> block;
  std::size_t size = 0;
  ReadResult got = ReadResult::data;
  while ((got = read_some(pipe.read_end.get(), block.data(), block.size(), size)) ==
         ReadResult::data) {
    const std::string_view output(block.data(), size);
    if (on_output) on_output(output);
    result.output_tail += output;
    if (result.output_tail.size() > 2 * kTailBytes) {
      result.output_tail.erase(0, result.output_tail.size() - kTailBytes);
    }
  }
  if (got == ReadResult::end) pipe.read_end.close();
}

}  // namespace

std::string CommandResult::ending() const {
  if (exit_status > 128) return "killed by signal " + std::to_string(exit_status - 128);
  return "exit status " + std::to_string(exit_status);
}

CommandResult run_command(const std::vector<std::string>& argv, const std::filesystem::path& folder,
                          const std::function<void(std::string_view)>& on_output) {
  Pipe pipe = make_pipe(kPipeBytes);
  const pid_t child = spawn(argv, folder, pipe.write_end.get());
  pipe.write_end.close();
  const FileDescriptor ended(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));

  CommandResult result;
  bool stopping = false;
  // Until the command ends, not until its output does: what it has left running in the background
  // may keep that open for ever.
  for (bool over = !ended.is_open(); !over;) {
    pollfd watched[] = {{ended.get(), POLLIN, 0},
                        {pipe.read_end.get(), POLLIN, 0},
                        {stopping ? -1 : interrupt_descriptor(), POLLIN, 0}};
    if (poll(watched, std::size(watched), -1) < 0) continue;
    over = watched[0].revents != 0;
    take_output(pipe, result, on_output);
    if (watched[2].revents != 0) {
      // Its process group is ours, so a Ctrl-C has reached it too; SIGTERM to us alone has not.
      kill(child, SIGTERM);
      stopping = true;
    }
  }
  result.exit_status = wait_for(child);
  if (interrupted()) throw Error("interrupted", "", ExitStatus::interrupted);
  if (result.output_tail.size() > kTailBytes) {
    result.output_tail.erase(0, result.output_tail.size() - kTailBytes);
    result.output_tail.erase(0, result.output_tail.find('\n') + 1);
  }
  return result;
}

}  // namespace harness
