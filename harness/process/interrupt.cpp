// A signal handler can reach nothing but globals, so these two are global; both are lock-free.
#include "process/interrupt.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "base/error.h"

namespace harness {
namespace {

std::atomic<bool> signal_came{false};
std::atomic<int> wake_descriptor{-1};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

// Only what is async-signal-safe. Nobody ever reads the event: it stays readable, so that a boot
// that begins later ends at once too.
void on_signal(int) {
  const int saved_errno = errno;
  signal_came.store(true);
  const std::uint64_t one = 1;
  // Fails only where the counter is full, and then the descriptor is readable already.
  [[maybe_unused]] const ssize_t written = write(wake_descriptor.load(), &one, sizeof one);
  errno = saved_errno;
}

}  // namespace

void install_interrupt_handler() {
  if (wake_descriptor.load() >= 0) return;
  const int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fd < 0) throw Error(std::string("cannot make an event descriptor: ") + strerror(errno));
  wake_descriptor.store(fd);
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  // A terminal that goes away ends a run as Ctrl-C does, unless nohup said otherwise.
  struct sigaction before = {};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, nullptr);
}

bool interrupted() { return signal_came.load(); }

int interrupt_descriptor() { return wake_descriptor.load(); }

}  // namespace harness
