#include "stream/crash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "stream/collector.h"
#include "stream/log_testing.h"

namespace harness {
namespace {

std::string name_of(std::string_view line) {
  const CrashSignature* crash = find_crash(line);
  return crash ? std::string(crash->name) : "";
}

struct Known {
  const char* line;
  const char* name;
};
// As the kernels, runtimes and monitors print them.
constexpr Known kCrashes[] = {
    {"[    0.912345] Kernel panic - not syncing: VFS: Unable to mount root fs", "linux"},
    {"Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000100", "linux"},
    {"[    1.000001][    T1] BUG: unable to handle page fault for address: ffff8800", "linux"},
    {"[    1.000001] BUG: unable to handle kernel NULL pointer dereference at 0000", "linux"},
    {"[   12.345678] Oops: 0002 [#1] PREEMPT SMP NOPTI", "linux"},
    {"[    3.141592] Internal error: Oops - undefined instruction: 0 [#1] SMP ARM", "linux"},
    {"[    1.500000] general protection fault, probably for non-canonical address 0xdead", "linux"},
    {"general protection fault: 0000 [#1] SMP", "linux"},
    {"[    2.000000] kernel BUG at mm/slub.c:305!", "linux"},
    {"invalid opcode: 0000 [#1] SMP", "linux"},
    {"divide error: 0000 [#1] SMP", "linux"},
    {"[  100.000000] watchdog: BUG: soft lockup - CPU#0 stuck for 22s!", "linux"},
    {"[    0.000000] Unable to handle kernel paging request at virtual address 0", "linux"},
    {"panic: runtime error: index out of range [5] with length 3", "panic"},
    {"panicked at src/main.rs:12:5:", "panic"},
    {"thread 'main' panicked at src/main.rs:2:5:", "panic"},
    {"Solo5: ABORT: virtio_net.c:123: bad", "panic"},
    {"prog: main.c:12: main: Assertion `x == 1' failed.", "assert"},
    {"Assertion failed: x == 1 (main.c: main: 12)", "assert"},
    {"assertion \"x == 1\" failed: file \"main.c\", line 12, function: main", "assert"},
    {"assertion failed: x == 1", "assert"},
    {"*** stack smashing detected ***: terminated", "stack"},
    {"*** buffer overflow detected ***: terminated", "stack"},
    {"main.c:12:5: runtime error: signed integer overflow: 1 + 2147483647", "sanitizer"},
    {"==123==ERROR: AddressSanitizer: heap-use-after-free on address 0x60", "sanitizer"},
    {"==123==ERROR: LeakSanitizer: detected memory leaks", "sanitizer"},
    {"==123==ERROR: UndefinedBehaviorSanitizer: SEGV on unknown address", "sanitizer"},
    {"==123==WARNING: MemorySanitizer: use-of-uninitialized-value", "sanitizer"},
    {"WARNING: ThreadSanitizer: data race (pid=9)", "sanitizer"},
    {"[    4.000000] BUG: KASAN: slab-out-of-bounds in foo+0x1/0x2", "sanitizer"},
    {"BUG: KMSAN: uninit-value in foo", "sanitizer"},
    {"BUG: KCSAN: data-race in a / b", "sanitizer"},
    {"BUG: KFENCE: use-after-free read in foo", "sanitizer"},
    {"[    4.000000] UBSAN: shift-out-of-bounds in lib/x.c:12:3", "sanitizer"},
    {"(XEN) Panic on CPU 0:", "panic"},
    {"(XEN) [2026-11-25 21:00:00] Xen BUG at mm.c:1290", "panic"},
    {"(XEN) d5v0 Triple fault - invoking HVM shutdown action 1", "triple_fault"},
    {"KVM internal error. Suberror: 1", "triple_fault"},
    {"KVM exit reason: 8 (\"KVM_EXIT_SHUTDOWN\")", "triple_fault"},
};

TEST(Crash, EveryRowIsFoundAndOnlyByItsOwnLines) {
  std::set<const CrashSignature*> found;
  for (const Known& known : kCrashes) {
    EXPECT_EQ(name_of(known.line), known.name) << known.line;
    found.insert(find_crash(known.line));
  }
  EXPECT_EQ(found.size(), crash_signatures().size()) << "a row without a line here is not tested";
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
                           "[TIMING] panic: 1"}) {
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
