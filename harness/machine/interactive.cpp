// A guest attached to the terminal, for a person.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "machine/machine.h"
#include "machine/module_files.h"
#include "process/child_process.h"
#include "process/interrupt.h"

namespace harness {
namespace {

/// Puts the terminal back as it was. QEMU makes it raw and its descriptors non-blocking, which the
/// shell that started us shares; it undoes both only where it ends in an orderly way.
class TerminalGuard {
 public:
  TerminalGuard() : is_terminal_(tcgetattr(STDIN_FILENO, &settings_) == 0) {
    for (int fd = 0; fd < 3; ++fd) flags_[fd] = fcntl(fd, F_GETFL);
  }
  ~TerminalGuard() {
    for (int fd = 0; fd < 3; ++fd) {
      if (flags_[fd] >= 0) fcntl(fd, F_SETFL, flags_[fd]);
    }
    if (is_terminal_) tcsetattr(STDIN_FILENO, TCSADRAIN, &settings_);
  }
  TerminalGuard(const TerminalGuard&) = delete;
  TerminalGuard& operator=(const TerminalGuard&) = delete;

 private:
  termios settings_ = {};
  bool is_terminal_;
  int flags_[3] = {};
};

/// Ctrl-C and Ctrl-\ are for QEMU, which shares our terminal, and must not end us before it.
class KeyboardSignalsIgnored {
 public:
  KeyboardSignalsIgnored() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &interrupt_);
    sigaction(SIGQUIT, &ignore, &quit_);
  }
  ~KeyboardSignalsIgnored() {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGQUIT, &quit_, nullptr);
  }
  KeyboardSignalsIgnored(const KeyboardSignalsIgnored&) = delete;
  KeyboardSignalsIgnored& operator=(const KeyboardSignalsIgnored&) = delete;

 private:
  struct sigaction interrupt_ = {}, quit_ = {};
};

/// Waits for the child's end, or for our own SIGTERM, which then ends the child too.
ProcessEnd wait_attached(ChildProcess& child) {
  pollfd watched[] = {{child.pidfd(), POLLIN, 0}, {interrupt_descriptor(), POLLIN, 0}};
  while (watched[0].revents == 0) {
    poll(watched, 2, -1);
    if (watched[1].revents == 0) continue;
    watched[1].fd = -1;
    child.send_signal(SIGTERM);
  }
  return child.wait();
}

}  // namespace

int boot_interactive(const Job& job, const InteractiveOptions& options) {
  // Bytes that are still in our buffers would appear after the guest's.
  fflush(nullptr);
  const TerminalGuard terminal;
  const KeyboardSignalsIgnored ignored;
  SpawnRequest request;
  request.argv = interactive_command(job, options);
  request.descriptors = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
  const std::vector<FileDescriptor> modules = open_module_files(job);
  for (const FileDescriptor& file : modules) request.descriptors.push_back(file.get());
  request.own_process_group = false;
  ChildProcess child(request);
  const ProcessEnd end = wait_attached(child);
  return end.exit_status ? *end.exit_status : 128 + end.exit_signal.value_or(0);
}

}  // namespace harness
