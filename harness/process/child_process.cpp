// Starting a process as glibc's posix_spawn does it, with the two things that it cannot do: a
// death signal and a descriptor for the process.
//
// The child of clone(CLONE_VM | CLONE_VFORK) runs in our memory, on a stack of its own, while we
// stand still until it loads its program or ends. Nothing is copied, so a start costs the same
// however large we are; and it reports a failed exec by simply storing errno. The price: until
// then it may only make system calls, and no handler of ours may run in it.
#include "process/child_process.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "base/error.h"
#include "base/packages.h"

namespace harness {
namespace {

// execve and the few calls before it need little; glibc itself uses 32 KiB here.
constexpr std::size_t kChildStackBytes = 64 << 10;
constexpr int kCouldNotStart = 127;

/// All that the child needs, made ready before it exists: it must not allocate.
struct ChildPlan {
  const char* program;
  char* const* argv;
  char* const* environment;
  const int* descriptors;
  int descriptor_count;
  bool own_process_group;
  pid_t parent;
  int error;  // errno of the child's failed step
};

// Above every number that a descriptor is moved to, and so the most of them that a child can get.
constexpr int kScratchDescriptor = 32;

/// Numbers the child's descriptors 0, 1, 2, ... and closes the rest. In two steps, because a
/// source may already have the number that another one is to get.
__attribute__((no_sanitize("address", "undefined"))) bool arrange_descriptors(
    const ChildPlan& plan) {
  int moved[kScratchDescriptor];
  for (int i = 0; i < plan.descriptor_count; ++i) {
    moved[i] = fcntl(plan.descriptors[i], F_DUPFD, kScratchDescriptor);
    if (moved[i] < 0) return false;
  }
  for (int i = 0; i < plan.descriptor_count; ++i) {
    if (dup2(moved[i], i) < 0) return false;
  }
  const auto first = static_cast<unsigned>(plan.descriptor_count);
  if (syscall(SYS_close_range, first, ~0U, 0U) == 0) return true;
  // Linux before 5.9, or a sandbox that does not know the call.
  const long limit = sysconf(_SC_OPEN_MAX);
  for (int fd = plan.descriptor_count; fd < (limit < 0 ? 1024 : limit); ++fd) close(fd);
  return true;
}

__attribute__((no_sanitize("address", "undefined"))) int child_main(void* argument) {
  ChildPlan& plan = *static_cast<ChildPlan*>(argument);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Had our parent died just before the line above, no signal would ever come.
  if (getppid() != plan.parent) _exit(kCouldNotStart);
  if (plan.own_process_group) setpgid(0, 0);

  // exec resets handlers by itself but keeps what is ignored, and a signal could come before it.
  struct sigaction by_default = {};
  by_default.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &by_default, nullptr);

  if (arrange_descriptors(plan)) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execve(plan.program, plan.argv, plan.environment);
  }
  plan.error = errno;
  _exit(kCouldNotStart);
}

/// While this lives, no signal is delivered to this thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_ = {};
};

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (std::string& s : strings) pointers.push_back(s.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Our environment with `changes` in place of the variables of the same names.
std::vector<std::string> environment_with(const std::vector<std::string>& changes) {
  std::vector<std::string> result = changes;
  for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
    const std::string_view ours(*at);
    const std::string_view name = ours.substr(0, ours.find('=') + 1);
    bool replaced = false;
    for (const std::string& change : changes) replaced |= change.starts_with(name);
    if (!replaced) result.emplace_back(ours);
  }
  return result;
}

[[noreturn]] void cannot_start(const std::string& program, int error) {
  std::string hint;
  if (const std::string package = package_of(program); !package.empty()) {
    hint = "install it: apt-get install " + package;
  }
  if (error == ENOENT) throw Error(program + " not found", hint);
  throw Error("cannot start " + program + ": " + strerror(error), hint);
}

std::chrono::microseconds duration_of(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::optional<std::string> find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* variable = getenv("PATH");
  std::string_view path = variable == nullptr ? "/usr/local/bin:/usr/bin:/bin" : variable;
  while (!path.empty()) {
    const std::size_t colon = path.find(':');
    const std::string folder(path.substr(0, colon));
    path.remove_prefix(colon == std::string_view::npos ? path.size() : colon + 1);
    if (folder.empty()) continue;  // "here" to a shell; we take programs from named folders only
    std::string candidate = folder;
    candidate.append("/").append(name);
    // access() alone would take a folder of that name.
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(candidate, ignored)) continue;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return std::nullopt;
}

void keep_exit_statuses() {
  struct sigaction action = {};
  sigaction(SIGCHLD, nullptr, &action);
  const bool has_siginfo = (action.sa_flags & SA_SIGINFO) != 0;
  if (has_siginfo || (action.sa_handler != SIG_IGN && (action.sa_flags & SA_NOCLDWAIT) == 0)) {
    return;
  }
  action = {};
  action.sa_handler = SIG_DFL;
  sigaction(SIGCHLD, &action, nullptr);
}

ChildProcess::ChildProcess(const SpawnRequest& request) {
  if (request.descriptors.size() > kScratchDescriptor) {
    throw std::logic_error("a child process gets at most 32 descriptors");
  }
  const std::optional<std::string> program = find_program(request.argv.at(0));
  if (!program) cannot_start(request.argv[0], ENOENT);

  std::vector<std::string> argv = request.argv;
  std::vector<std::string> environment = environment_with(request.environment);
  const std::vector<char*> argv_pointers = pointers_to(argv);
  const std::vector<char*> environment_pointers = pointers_to(environment);
  ChildPlan plan = {program->c_str(),
                    argv_pointers.data(),
                    environment_pointers.data(),
                    request.descriptors.data(),
                    static_cast<int>(request.descriptors.size()),
                    request.own_process_group,
                    getpid(),
                    0};
  const auto stack = std::make_unique_for_overwrite<char[]>(kChildStackBytes);
  keep_exit_statuses();

  int pidfd = -1;
  {
    const SignalsBlocked blocked;
    pid_ = clone(child_main, stack.get() + kChildStackBytes,
                 CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan, &pidfd);
    if (pid_ < 0) plan.error = errno;
  }
  pidfd_ = FileDescriptor(pidfd);
  if (plan.error != 0) {
    if (pid_ > 0) wait();
    cannot_start(request.argv[0], plan.error);
  }
}

ChildProcess::~ChildProcess() {
  if (pid_ <= 0) return;
  send_signal(SIGKILL);
  wait();
}

void ChildProcess::send_signal(int signal) const {
  syscall(SYS_pidfd_send_signal, pidfd_.get(), signal, nullptr, 0U);
}

ProcessEnd ChildProcess::wait() {
  int status = 0;
  rusage usage = {};
  while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  ProcessEnd end;
  if (WIFEXITED(status)) end.exit_status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) end.exit_signal = WTERMSIG(status);
  end.use = {duration_of(usage.ru_utime), duration_of(usage.ru_stime),
             static_cast<std::uint64_t>(usage.ru_maxrss)};
  return end;
}

}  // namespace harness
