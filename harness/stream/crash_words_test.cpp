// What kernels of all kinds write around the words of their end, and what only resembles that.
#include "stream/crash_words.h"

#include <gtest/gtest.h>

#include "stream/crash.h"

namespace harness {
namespace {

TEST(CrashWords, StandWithTheSignsAndMessagesOfManyKernels) {
  for (const char* line : {"PANIC(Page fault) at paging.c:199",
                           "KERNEL PANIC [page fault]",
                           "KERNEL PANIC, page fault",
                           "KERNEL PANIC -> page fault",
                           "KERNEL PANIC | page fault",
                           "KERNEL PANIC.",
                           "Kernel panic.",
                           "Kernel panic, halting.",
                           "KERNEL PANIC in init_mm",
                           "PANIC <boom>",
                           "PANIC mm.c:12: boom",
                           "panic in mm.c:12",
                           "[KERNEL_PANIC] x",
                           "<PANIC> x",
                           "<KERNEL PANIC> x",
                           "*** PANIC *** <boom> - system halted!",
                           "!!! PANIC !!! page fault",
                           "kpanic: x",
                           "cpu 0 PANIC! x",
                           "CPU0 PANIC: x",
                           "hart0 panic: x",
                           "core 0 panic: x",
                           "(cpu 0) PANIC: x",
                           "kernel 0: PANIC! kernel assertion",
                           "Kernel 12: kernel panic: x"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
}

TEST(CrashWords, OfAModuleThatIsNotKnownToBeWellAreThose) {
  for (const char* line : {"PANIC: handler double registered", "panic: hook still installed",
                           "[PANIC] handler wrongly installed", "Kernel panic: screen half loaded",
                           "panic: handler not installed", "<panic> handler never ready"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
  for (const char* line : {"panic: handler is installed", "panic: hooks were registered."}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

TEST(CrashWords, InASentenceAndOfAModuleThatIsWellAreNone) {
  for (const char* line : {"panic: handler installed",
                           "PANIC: handler ready",
                           "Kernel panic: backtraces enabled",
                           "general protection fault: handler installed",
                           "Unhandled exception: none",
                           "Unhandled exception: handler registered",
                           "PANIC(3) manual page",
                           "panic() at the end is tested",
                           "panic, fear and hope",
                           "panic in the streets",
                           "Panic. What now?",
                           "panic.",
                           "panic > fear",
                           "<panic> handler installed",
                           "*** panic *** none",
                           "=== Panic === passed",
                           "*** panic tests ***",
                           "cpu 0 panics: 0",
                           "CPU0 panic handler",
                           "cpu zero PANIC: x",
                           "core 12345 panic: x",
                           "kernel 6.12 panic: x",
                           "KERNEL_PANIC_TIMEOUT: 5",
                           "kernel_panics: 0"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

/// Rows that once began as ordinary lines do, and what resembles the new ones.
TEST(CrashWords, CalmLinesOfOthersAreNone) {
  for (const char* line : {"*** sshd ***: terminated",
                           "*** All services ***: terminated",
                           "*** worker-3 ***: terminated normally",
                           "no exceptions, halting",
                           "page fault handler ok, halting",
                           "power fault line clear, halting",
                           "shutdown complete, halting",
                           "invalid opcode: handler [#UD] installed",
                           "double fault: stack for [#DF] ready",
                           "int3: patched 5 sites [#]",
                           "Oops: 0 [# of total]",
                           "Internal error: none [#]",
                           "illegal operation: see [#1]",
                           "EXCEPTION: BREAKPOINT",
                           "EXCEPTION: PAGE FAULT handled",
                           "System Halted!",
                           "Powering down. System Halted!",
                           "Assertion 'x' failed at a.c:12, function f(). Ignoring.",
                           "Assertion \"x\" failed as it should",
                           "Assert @ here",
                           "fatal: not a git repository",
                           "BUG 1234 (fixed): none",
                           "PC=0x1000 SP=0x2000",
                           "init_coldboot: hart isolation configure failed (error -3)",
                           "runtime: 12 ms",
                           "WARNING: DATA RACES are not looked for",
                           "qemu: terminating on signal 15",
                           "vfs(1): ready"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

}  // namespace
}  // namespace harness
