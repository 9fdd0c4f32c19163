// Ctrl-C during real boots. An interrupt stays for good: each test has a process of its own.
#include "process/interrupt.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

void interrupt_a_run(int signal) {
  install_interrupt_handler();
  Job job = boot_of("hang");
  job.limits.idle = 60s;
  job.limits.wall = 60s;
  pid_t qemu = 0;
  const Trace trace = QemuMachine().run(job, [&](std::string_view, auto) {
    if (qemu == 0) qemu = running_qemu();
    raise(signal);
    raise(signal);  // an impatient person
    return true;
  });
  const bool gone = qemu > 0 && kill(qemu, 0) != 0 && waitpid(-1, nullptr, WNOHANG) == -1;
  const bool good = gone && interrupted() && trace.stop == StopReason::interrupted;

  const Trace later = QemuMachine().run(job, {});
  const bool at_once = later.stop == StopReason::interrupted && !later.started;
  _exit(good && at_once ? 0 : 1);
}

TEST(Interrupt, EndsTheRunningBootLeavesNoProcessAndRefusesLaterOnes) {
  EXPECT_EXIT(interrupt_a_run(SIGINT), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(interrupt_a_run(SIGTERM), testing::ExitedWithCode(0), "");
}

void interrupt_while_polling() {
  install_interrupt_handler();
  Job job = boot_of("hang");
  job.limits.idle = 5s;
  // Another thread takes the signal, so poll is not cut short by it: the descriptor must wake it.
  sigset_t interrupt;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(SIG_BLOCK, &interrupt, nullptr);
  const Trace trace = QemuMachine().run(job, [&](std::string_view, auto) {
    std::thread([interrupt] {
      pthread_sigmask(SIG_UNBLOCK, &interrupt, nullptr);
      usleep(50'000);
      raise(SIGINT);
    }).detach();
    return true;
  });
  // Had nothing woken it, the next deadline would have.
  const bool woken = trace.wall < job.limits.idle;
  _exit(trace.stop == StopReason::interrupted && trace.started && woken ? 0 : 1);
}

TEST(Interrupt, WakesTheLoopWhileItWaits) {
  EXPECT_EXIT(interrupt_while_polling(), testing::ExitedWithCode(0), "");
}

void interrupt_just_before_polling() {
  if (interrupt_descriptor() != -1 || interrupted()) _exit(1);
  install_interrupt_handler();
  pollfd watched = {interrupt_descriptor(), POLLIN, 0};
  if (poll(&watched, 1, 0) != 0 || interrupted()) _exit(2);
  raise(SIGTERM);
  // Nothing takes it back: whoever polls later must see it too.
  for (int i = 0; i < 2; ++i) {
    if (poll(&watched, 1, 0) != 1 || !interrupted()) _exit(3);
  }
  _exit(0);
}

TEST(Interrupt, ThatComesJustBeforeThePollIsNotLost) {
  EXPECT_EXIT(interrupt_just_before_polling(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace harness
