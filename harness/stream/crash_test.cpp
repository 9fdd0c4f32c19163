#include "stream/crash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "stream/collector.h"
#include "stream/crash_lines_testing.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

std::string name_of(std::string_view line) {
  const CrashSignature* crash = find_crash(line);
  return crash ? std::string(crash->name) : "";
}

TEST(Crash, EveryRowIsFoundAndOnlyByItsOwnLines) {
  std::set<const CrashSignature*> found;
  for (const Known& known : kCrashes) {
    EXPECT_EQ(name_of(known.line), known.name) << known.line;
    found.insert(find_crash(known.line));
  }
  EXPECT_EQ(found.size(), crash_signatures().size()) << "a row without a line here is not tested";
}

TEST(Crash, IsFoundBehindColoursLevelsAndPrompts) {
  for (const char* line : {"\x1b[31m[   15.1] Kernel panic - not syncing: x\x1b[0m",
                           "<0>[   15.1] Kernel panic - not syncing: x",
                           "/ # [   15.1] Kernel panic - not syncing: x",
                           "=> PANIC: x",
                           "$ lapicid 0: panic: x",
                           "root@host:~# panic: x",
                           "ERROR: panicked at a.rs:1:2",
                           "[ERROR kernel::mm] panicked at a.rs:1",
                           "10%\r100%\rpanic: x",
                           "\x1b[2J\x1b[1;1HPANIC!",
                           "Kernel Panic!",
                           "kernel panic: x",
                           "KERNEL PANIC: panicked at kernel/src/a.rs:1",
                           "=== PANIC ===",
                           "!!! Kernel Panic !!!",
                           "**** PANIC: ****",
                           "PANIC @ a.c:3",
                           "panic - x",
                           "[Thu May 23 12:00:00 2024] panic: x",
                           "2024-05-23T12:22:33.123Z panic: x",
                           "KERNEL PANIC! :^(",
                           "CPU1: panic: x",
                           "[PANIC] oh no",
                           ">>> KERNEL PANIC <<<",
                           "[E] panicked at a.rs:1:2",
                           "[ PANIC ] x",
                           "[0][!!!PANIC!!!] src/main.rs:3: x",
                           "[    1.0@0] Kernel panic - not syncing: x",
                           "[  0.017983 0 axruntime::lang_items:5] panicked at src/lib.rs:1:1:",
                           "[#0 init_stage2(3:3)]: ASSERTION FAILED: x",
                           "[ 0.123] [ERROR] [kernel::panic] panicked at a.rs:1",
                           "2026-01-01T00:00:00Z ERROR kernel::panic > panicked at src/main.rs",
                           "kernel::panic:ERROR -- KERNEL PANIC: x",
                           "[@kernel::panic:33 ERROR] KERNEL PANIC: x",
                           "[init -> a] panic: x",
                           "######> Kernel panic on cpu0 due to a failed assertion: <######",
                           "PANIC(main): x",
                           "E (123) main: panicked at a.rs:2:3"}) {
    EXPECT_NE(name_of(line), "") << line;
  }
}

TEST(Crash, RowsOfOneNameStandTogether) {
  std::set<std::string_view> seen;
  std::string_view last;
  for (const CrashSignature& row : crash_signatures()) {
    if (row.name != last) EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    last = row.name;
  }
}

TEST(Crash, ATextThatQuotesOneIsNone) {
  for (const char* line : {"",
                           "[",
                           "[    1.0] ",
                           "no Kernel panic - not syncing so far",
                           "testing the Oops: handler",
                           "Oops: that was slow",
                           "a general protection fault was handled",
                           "panic handler installed",
                           "  panicked at nothing",
                           "Internal error: none",
                           "all assertions hold; none failed.",
                           "expected: Assertion `x' failed. (quoted)",
                           "the runtime error: none",
                           "a: runtime error: x",
                           "==",
                           "== results ==",
                           "watchdog: armed",
                           "KVM exit reason: 5 (\"KVM_EXIT_HLT\")",
                           "(XEN) HVM d1v0 fine",
                           "UBSAN: enabled",
                           "assertion checks are on",
                           "[TIMING] panic: 1",
                           "# panic: quoted",
                           "- panic: an item",
                           "> panic: quoted",
                           "panic_on_oops=1",
                           "panic=-1",
                           "Panic timeout is 5 seconds",
                           "kernel panic handler ready",
                           "Kernel panics are logged",
                           "PASS: panic: handled",
                           "thread 'a' started",
                           "thread pool: 4",
                           "Fatal traps: none",
                           "data aborted by user",
                           "Unhandled exceptions: 0",
                           "terminated normally",
                           "ASSERT is enabled",
                           "Assertion failed as expected",
                           "test: Assertion failed as expected",
                           "!!!! warning !!!!",
                           "Caught signal 2",
                           "CRIT: none",
                           "ok 3 - kernel panic",
                           "[panic_test] ok",
                           "[no panic] ok",
                           "[]",
                           "[ ",
                           "ASSERT: enabled",
                           "assert failed tests: 0",
                           "Panicked at nothing, he said",
                           "memory allocation of 4 KB works",
                           "fatal error: none",
                           "fatal source: 5 (RTEMS_FATAL_SOURCE_EXIT)",
                           "malloc() test",
                           "free(): ok",
                           "reboot: System halted",
                           "Testing double free or corruption (out)",
                           "panic(cpu) is tested",
                           "panic[cpu] is tested",
                           "++ done ++",
                           "Unhandled exceptions at ip 0: none",
                           "2 tests failed at startup; halt",
                           "    Assertion failed at tests/a.c:12: test_free",
                           "panic: disabled",
                           "panic: none",
                           "Kernel panic: off",
                           "general protection fault: ok",
                           "panic() works",
                           "KERNEL PANIC test",
                           "[PASS] PANIC: handled",
                           "PASS: KERNEL PANIC: handled",
                           "[ OK ] Kernel panic: shown",
                           "kernel panics on cpu0: 0",
                           "kernel::config:INFO -- panic: abort",
                           "done, halting",
                           "[backtrace] printed",
                           "panic {x} y",
                           "cpu with apicid 0: started",
                           "bounds: 0 to 5",
                           "device not available: /dev/a",
                           "systemd[1]: Started a.",
                           "Runtime error rate: 0",
                           "raised ERRORS: 0",
                           "core.exception.tests: 3",
                           "Exception in thread pool: handled",
                           "ERROR:a.c:3: not found",
                           "fatal source: 5 (RTEMS_FATAL_SOURCE_EXIT)",
                           "*** END OF TEST ***",
                           "ubsan: enabled",
                           "a.c:12: assertion checks are on"}) {
    EXPECT_EQ(name_of(line), "") << line;
  }
}

TEST(Crash, TheFirstOneIsKeptWithItsPlace) {
  const Events events =
      collect_events("one\npanic: first\nKernel panic - not syncing: second\n", {});
  ASSERT_TRUE(events.crash);
  EXPECT_EQ(events.crash->line, 2u);
  EXPECT_EQ(events.crash->name, "panic");
  EXPECT_EQ(events.crash->text, "panic: first");
}

TEST(Crash, IsSeenInAndOutOfTheSessionButNotInItsLines) {
  EXPECT_TRUE(collect_events(sample_session().close("pass") + "panic: late", {}).crash);
  EXPECT_TRUE(collect_events(SampleLog(0, 0).line("panic: inside").close("pass"), {}).crash);
  EXPECT_FALSE(
      collect_events(SampleLog(0, 0).line("[JSON] \"panic: quoted\"").close("pass"), {}).crash);
  EXPECT_FALSE(collect_events(sample_session().close("pass"), {}).crash);
}

TEST(Crash, ALiveFoldKnowsAsSoonAsTheLineIsComplete) {
  EventCollector collector;
  collector.add("fine\npanic: he", std::chrono::nanoseconds(0));
  EXPECT_FALSE(collector.crashed());
  collector.add("re\n", std::chrono::nanoseconds(0));
  EXPECT_TRUE(collector.crashed());

  EventCollector ours;
  ours.add("[PANIC] exception 14\n", std::chrono::nanoseconds(0));
  EXPECT_TRUE(ours.crashed());
}

TEST(Crash, AnAllowedOneIsNoneInItsSpanOnly) {
  const auto crash_line = [](const std::string& log, const Allowance& allowance) {
    const auto crash =
        collect_events(
            log, {},
            {.allowances = {allowance}, .exits = {}, .formats = {}, .steps = {}, .metrics = {}})
            .crash;
    return crash ? crash->line : 0;
  };
  const std::string log = "panic: a\nopen\npanic: b\nclose panic\npanic: c\nopen close\npanic: d\n";
  const auto allowing = [](const char* crash, const char* text, const char* from, const char* to) {
    return Allowance{.crash = crash, .text = text, .from = from, .to = to};
  };
  EXPECT_EQ(crash_line(log, allowing("panic", "", "", "")), 0u);
  EXPECT_EQ(crash_line(log, allowing("linux", "", "", "")), 1u);
  EXPECT_EQ(crash_line(log, allowing("", "panic: a", "", "")), 3u);
  EXPECT_EQ(crash_line(log, allowing("panic", "", "", "close")), 5u);
  EXPECT_EQ(crash_line(log, allowing("panic", "", "open", "")), 1u);
  EXPECT_EQ(crash_line(log.substr(log.find("open")), allowing("panic", "", "open", "close")), 4u);
}

}  // namespace
}  // namespace harness
