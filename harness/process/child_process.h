// One child process: started without a shell and without copying our address space, and never
// left behind.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "model/trace.h"
#include "process/descriptor.h"

namespace harness {

struct SpawnRequest {
  std::vector<std::string> argv;
  std::vector<int> descriptors;          // the i-th becomes the child's descriptor i; no others
  std::vector<std::string> environment;  // "NAME=value", added to ours or in place of it
  bool own_process_group = true;         // the terminal's Ctrl-C then goes to us alone
};

struct ProcessEnd {
  std::optional<int> exit_status;  // unset if it died by a signal
  std::optional<int> exit_signal;
  ResourceUse use;
};

/// The file that `name` means in PATH, or `name` if it has a slash. nullopt if there is none.
std::optional<std::string> find_program(const std::string& name);

/// Some parents start us with SIGCHLD ignored; the kernel would then throw exit statuses away.
/// To be called before a child is started.
void keep_exit_statuses();

/// A running child. The kernel kills it if our thread dies first.
class ChildProcess {
 public:
  /// Returns when the new program has been loaded. Throws Error if it cannot be: not installed,
  /// not executable.
  explicit ChildProcess(const SpawnRequest& request);
  /// Kills and reaps a child that wait() was not called for.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t id() const { return pid_; }
  /// Readable, for poll(2), once the process has ended.
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }
  void send_signal(int signal) const;
  /// Waits for the end and reaps. Call once.
  ProcessEnd wait();

 private:
  pid_t pid_ = -1;
  FileDescriptor pidfd_;
};

}  // namespace harness
