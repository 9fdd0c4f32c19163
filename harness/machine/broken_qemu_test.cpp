// What no real QEMU does on demand: shell scripts stand in for it, first in PATH.
#include <signal.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/folder_testing.h"
#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

/// A script that is run in place of QEMU: serial on 0 and 1, errors on 2, QMP on 3.
class FakeQemu {
 public:
  explicit FakeQemu(const std::string& script) : path_before_(getenv("PATH")) {
    const std::filesystem::path program = folder_.path / "qemu-system-i386";
    std::ofstream(program) << "#!/bin/sh\n" << script;
    chmod(program.c_str(), 0700);
    setenv("PATH", (folder_.path.string() + ":" + path_before_).c_str(), 1);
  }
  ~FakeQemu() { setenv("PATH", path_before_.c_str(), 1); }
  FakeQemu(const FakeQemu&) = delete;
  FakeQemu& operator=(const FakeQemu&) = delete;

 private:
  std::string path_before_;
  TestFolder folder_;
};

TEST(BrokenQemu, ThatComplainsWithoutEndIsReadToItsEndAndKeptInPart) {
  const FakeQemu fake("head -c 300000 /dev/zero | tr '\\0' 'e' >&2\nexit 1\n");
  const Trace trace = run(boot_of("hello"));
  EXPECT_EQ(trace.exit_status, 1);
  EXPECT_TRUE(trace.stderr_text == std::string(64 << 10, 'e')) << trace.stderr_text.size();
}

TEST(BrokenQemu, ThatDiesByASignalIsReportedAsThat) {
  const FakeQemu fake("kill -SEGV $$\n");
  const Trace trace = run(boot_of("hello"));
  EXPECT_FALSE(trace.exit_status);
  EXPECT_EQ(trace.exit_signal, SIGSEGV);
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_FALSE(trace.started);
}

TEST(BrokenQemu, ThatDoesNotLetTheGuestRunIsEndedAtOnceAndItsReasonKept) {
  const FakeQemu fake(R"(
printf '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}}\r\n' >&3
printf '{"return": {}, "id": "capabilities"}\r\n' >&3
printf '{"id": "go", "error": {"class": "GenericError", "desc": "image is locked"}}\r\n' >&3
exec sleep 1000
)");
  const Trace trace = run(boot_of("hello"));
  EXPECT_EQ(trace.qemu_version, "7.2.0");
  EXPECT_FALSE(trace.started);
  EXPECT_EQ(trace.stop, StopReason::none);
  EXPECT_EQ(trace.exit_signal, SIGKILL);
  EXPECT_EQ(trace.stderr_text, "QEMU did not let the guest run: image is locked\n");
}

TEST(BrokenQemu, ThatTalksNonsenseOnItsControlChannelDoesNotConfuseUs) {
  const FakeQemu fake("head -c 200000 /dev/zero >&3; printf '\\n[}\\n\\377\\n7\\n' >&3; exit 33\n");
  const Trace trace = run(boot_of("hello"));
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_FALSE(trace.started);
}

// Says `event`, answers what it is asked with `state`, and ends when it is told to.
std::string that_says(const std::string& event, const std::string& state) {
  return R"(
printf '{"QMP": {"version": {"qemu": {"major": 7, "minor": 2, "micro": 0}}}}\r\n' >&3
printf '{"event": "RESUME"}\r\n' >&3
printf '{"event": )" +
         event + R"(}\r\n' >&3
while read -r command <&3; do case $command in
  *query-status*) printf '{"return": {"status": ")" +
         state + R"("}, "id": "status"}\r\n' >&3 ;;
  *'"quit"'*) exit 0 ;;
esac; done
)";
}

TEST(BrokenQemu, ThatStopsTheGuestForGoodIsEndedAtOnceAndItsStateIsTold) {
  for (const char* state : {"io-error", "internal-error", "watchdog"}) {
    const FakeQemu fake(that_says(R"("STOP")", state));
    const Trace trace = run(boot_of("hello"));
    EXPECT_EQ(trace.shutdown_reason, "host-error");
    EXPECT_EQ(trace.exit_status, 0);
    EXPECT_EQ(trace.stop, StopReason::none);
    EXPECT_EQ(trace.stderr_text,
              std::string("the guest was stopped: its state is ") + state + "\n");
  }
}

TEST(BrokenQemu, ThatIsStoppedByADebuggerIsLeftAlone) {
  const FakeQemu fake(that_says(R"("STOP")", "debug"));
  Job job = boot_of("hello");
  job.limits.idle = std::chrono::milliseconds(300);
  const Trace trace = run(job);
  EXPECT_EQ(trace.stop, StopReason::idle_limit);
  EXPECT_FALSE(trace.shutdown_reason);
}

TEST(BrokenQemu, ThatHoldsAGuestWhichDidNotEndItselfIsEndedAtOnce) {
  const FakeQemu fake(
      that_says(R"("SHUTDOWN", "data": {"guest": false, "reason": "host-error"})", "shutdown"));
  Job job = boot_of("hello");
  job.where_it_was = [](std::string_view) {};
  const Trace trace = run(job);
  EXPECT_EQ(trace.shutdown_reason, "host-error");
  EXPECT_EQ(trace.exit_status, 0);
  EXPECT_EQ(trace.stop, StopReason::none);
}

TEST(BrokenQemu, ThatCapturesSlowlyDoesNotUseUpTheGuestsGrace) {
  // 300 ms for the capture, of 200 ms grace; then the guest ends by itself with its panic value.
  const FakeQemu fake(R"(
printf '[PANIC] x\n'
while read -r command <&3; do case $command in *pmemsave*) break ;; esac; done
sleep 0.3
printf '{"return": {}, "id": "cells"}\n' >&3
read -r released
exit 37
)");
  Job job = pc_boot_of("hello");
  job.capture_screen = true;
  const Trace trace = run(job, [](std::string_view, auto) { return false; });
  EXPECT_EQ(trace.exit_status, wire::process_status(wire::Exit::panic));
  EXPECT_EQ(trace.stop, StopReason::none);
}

TEST(BrokenQemu, ThatNeverAnswersACaptureHoldsUsOnlyForAWhile) {
  const FakeQemu fake("printf '[END] x\\n'; read -r released; exit 33\n");
  Job job = pc_boot_of("hello");
  job.capture_screen = true;
  job.limits.wall = job.limits.idle = std::chrono::minutes(3);  // far above that while
  const Trace trace = run(job);
  EXPECT_EQ(trace.exit_status, kPassStatus);
  EXPECT_TRUE(trace.screen.empty());
}

}  // namespace
}  // namespace harness
