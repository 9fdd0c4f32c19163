// What a log says of panics at a calm level, or under the name of a module, is no crash; behind a
// line that has no end it is one.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "stream/collector.h"
#include "stream/crash.h"

namespace harness {
namespace {

TEST(CrashInLog, BelowAnErrorIsNone) {
  for (const char* line :
       {" INFO config: panic: abort", "2026-01-01T00:00:00Z  INFO config: panic: abort",
        "DEBUG rustc_target: panic: unwind", "INFO  profile > panic: abort",
        "src/config.rs:12: panic: abort", "WARN app: general protection fault: emulated",
        "INFO: panic: abort", "[    1.234567] [INFO] panic: abort", "[INFO  config] panic: abort",
        "[TRACE] [config] panic: abort", "I (123) main: panic: abort",
        "[00:00:01.250,000] <wrn> app: panic: abort", "INFO app: => panic: quoted"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, AtAnErrorOrPassedOnIsOne) {
  for (const char* line :
       {"ERROR config: panic: abort", "CRIT app: panic: x",
        "EMERG app: general protection fault: 0000 [#1]", "<4>[    1.234567] panic: x",
        "kern  :warn  : [    1.234567] panic: x",
        "INFO relay: [    1.234567] Kernel panic - not syncing: x",
        "INFO main: panicked at src/main.rs:3:5:", "[WARN] thread 'main' panicked at x.rs:1:2",
        "INFO relay: Kernel panic - not syncing: x",
        "2024-05-23 12:22:33,123 - twister - DEBUG - DEVICE: panic: x",
        "src/config.rs:12: panic: abort it is", "[00:00:01.250,000] <err> app: panic: x"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, AModuleCalledPanicMayBeWell) {
  for (const char* line :
       {"[panic] handler installed", "[    0.5] [panic] backtraces enabled", "[ PANIC ] reboot=on",
        "[PANIC] OK", "[panic] ready.", "[Kernel Panic] screen driver loaded",
        "[kernel] [panic] hook installed"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, OfWhatIsNotKnownToBeWellIsOne) {
  for (const char* line :
       {"[PANIC] at x: handler installed", "[panic] interrupts enabled", "[panic] driver loaded",
        "[panic] handler not installed", "[panic] handler", "[panic] handler: nothing is ready",
        "[PANIC] timeout while the others were not ready", "[PANIC] screen driver was not loaded",
        "[PANIC] OK is no more", "[PANIC]", "[PANIC] cr2=0x0"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, AModuleOfAnotherGuestMayBeCalledPanic) {
  const auto crashed = [](const char* log, std::vector<std::string> formats) {
    EventCollector collector(
        {},
        {.allowances = {}, .exits = {}, .formats = std::move(formats), .steps = {}, .metrics = {}});
    collector.add(log, std::chrono::nanoseconds(0));
    return collector.crashed();
  };
  EXPECT_FALSE(crashed("[PANIC] OK\n[PANIC] handler installed\n", {"tap"}));
  EXPECT_TRUE(crashed("[PANIC] OK\n[PANIC] at x: y\n", {"tap"}));
  EXPECT_TRUE(crashed("[PANIC] \n", {"tap"}));
  EXPECT_TRUE(crashed("[PANIC] OK\n", {}));  // ours has no such module
}

Events read_as(const char* format, const std::string& log) {
  OutputRules rules;
  rules.formats = {format};
  return collect_events(log, {}, rules);
}

TEST(CrashInLog, ATestMayBringOneAboutOnPurpose) {
  const std::string begin = "START - test_a\n", fault = "E: >>> ZEPHYR FATAL ERROR 4: x on CPU 0\n";
  const std::string pass = " PASS - test_a in 0.1 seconds\n";
  const std::string end = "TESTSUITE s succeeded\nPROJECT EXECUTION SUCCESSFUL\n";
  EXPECT_FALSE(read_as("ztest", begin + fault + pass + end).crash);
  EXPECT_FALSE(read_as("ztest", begin + "ASSERTION FAIL [x] @ a.c:3\n" + pass + end).crash);
  // What is not of that kind, or not in a test, or in one that does not end.
  EXPECT_TRUE(read_as("ztest", begin + "panic: x\n" + pass + end).crash);
  EXPECT_TRUE(read_as("ztest", fault + begin + pass + end).crash);
  EXPECT_TRUE(read_as("ztest", begin + pass + fault + end).crash);
  EXPECT_TRUE(read_as("tap", begin + fault + pass + end).crash);
  const Events dead = read_as("ztest", begin + fault + "E: Halting system\n");
  ASSERT_TRUE(dead.crash);
  EXPECT_EQ(dead.crash->line, 2u);
  // A later one in the same test does not hide the first, nor a live fold's silence the end.
  EXPECT_EQ(read_as("ztest", begin + fault + fault).crash->line, 2u);
}

TEST(CrashInLog, OneBehindWhichNothingFollowsIsToldAtOnce) {
  const auto crashed = [](const std::string& log) {
    OutputRules rules;
    rules.formats = {"ztest"};
    EventCollector collector({}, rules);
    collector.add(log, std::chrono::nanoseconds(0));
    return collector.crashed();
  };
  const std::string fault =
      "START - test_a\n[00:00:00.010,000] <err> os: >>> ZEPHYR FATAL ERROR 4: x on CPU 0\n"
      "[00:00:00.010,000] <err> os: Current thread: 0x105f40 (test_a)\n";
  EXPECT_FALSE(crashed(fault));
  EXPECT_TRUE(crashed(fault + "[00:00:00.010,000] <err> os: Halting system\n"));
  EXPECT_TRUE(crashed(fault + "E: Halting system\n"));
  EXPECT_TRUE(crashed("START - test_a\nASSERTION FAIL [x] @ a.c:3\nHalting system\n"));
  EXPECT_TRUE(crashed(fault + "Caught system error -- reason 4 0\n"
                              "Fatal error was unexpected, aborting...\n"));
  // A fault that its test expects, and the words without one.
  const std::string expected =
      "Caught system error -- reason 4 1\nFatal error expected as part of test case.\n";
  EXPECT_FALSE(crashed(fault + expected));
  EXPECT_FALSE(crashed(fault + expected + " PASS - test_a in 0.010 seconds\nHalting system\n"));
  EXPECT_FALSE(crashed("START - test_a\nE: Halting system\n"));
  EXPECT_FALSE(crashed(fault + "it is not Halting system\n"));
}

TEST(CrashInLog, AFaultInATestOfSel4testIsItsOwn) {
  const std::string fault =
      "Caught cap fault in send phase at address 0\nwhile trying to handle:\n";
  const std::string start = "Running test A1 (x)\n", pass = "Test A1 passed\n";
  EXPECT_FALSE(read_as("sel4test", start + fault + pass).crash);
  EXPECT_TRUE(read_as("sel4test", start + pass + fault).crash);
  EXPECT_TRUE(read_as("sel4test", start + fault).crash);
}

TEST(CrashInLog, ThePanicsOfRustsTestsAreTheirs) {
  const std::string begin = "running 2 tests\n",
                    panic = "thread 'b' panicked at src/lib.rs:3:5:\nx\n";
  const std::string results = "test a ... ok\ntest b - should panic ... ok\n";
  const std::string end = "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured\n";
  EXPECT_FALSE(read_as("libtest", begin + panic + results + "\n" + end).crash);
  EXPECT_TRUE(read_as("libtest", begin + panic + results).crash);
  EXPECT_TRUE(read_as("libtest", begin + results + end + panic).crash);
  EXPECT_TRUE(read_as("libtest", begin + "fatal runtime error: x\n" + results + end).crash);
  EXPECT_TRUE(read_as("tap", begin + panic + results + end).crash);
}

TEST(CrashInLog, BehindAnAssertionStandsAnExpression) {
  for (const char* line :
       {"ASSERTION FAILED: ok", "assertion failed: enabled", "Assertion failed: none", "panic: no",
        "[test] PANIC: boom", "test: KERNEL PANIC: boom"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, WhatATestMayMeanIsTheCrashThatWasFound) {
  const auto crash = [](const std::string& log, const char* format) {
    OutputRules rules;
    rules.formats = {format};
    const Events events = collect_events(log, {}, rules);
    return events.crash ? events.crash->text : std::string();
  };
  const std::string tests = "running 1 test\n",
                    over =
                        "test a ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 "
                        "measured; 0 filtered out; finished in 0.00s\n";
  EXPECT_EQ(crash(tests + "thread 'a' panicked at x.rs:1:1:\n" + over, "libtest"), "");
  EXPECT_NE(crash(tests + "Kernel panic - not syncing: in thread 'idle'\n" + over, "libtest"), "");
  EXPECT_NE(crash(tests + "*** KERNEL PANIC: in thread 'idle' ***\n" + over, "libtest"), "");
  const std::string start = "START - test_a\n", pass = " PASS - test_a in 0.010 seconds\n";
  EXPECT_EQ(crash(start + ">>> ZEPHYR FATAL ERROR 4: x\n" + pass, "ztest"), "");
  // Each text of a line is looked at for itself, and behind what it said of a test.
  EXPECT_EQ(
      crash(start + ">>> ZEPHYR FATAL ERROR 4: x\rKernel panic - not syncing: x\n" + pass, "ztest"),
      "Kernel panic - not syncing: x");
  EXPECT_EQ(
      crash(start + "Kernel panic - not syncing: x\r>>> ZEPHYR FATAL ERROR 4: x\n" + pass, "ztest"),
      "Kernel panic - not syncing: x");
  EXPECT_NE(
      crash(start + " PASS - test_a in 0.010 seconds\r>>> ZEPHYR FATAL ERROR 4: x\n", "ztest"), "");
}

TEST(CrashInLog, OfManyTextsOfALineEachIsSeen) {
  std::string line;
  for (int i = 0; i < 5000; ++i) line += "a\r";
  const Events events = collect_events(line + "panic: boom\n", {});
  ASSERT_TRUE(events.crash);
  EXPECT_EQ(events.crash->text, "panic: boom");
  OutputRules rules;
  rules.allowances = {{"panic", "", "", ""}};
  EXPECT_TRUE(collect_events("panic: meant\rKernel panic - not syncing: real\n", {}, rules).crash);
  EXPECT_FALSE(collect_events("panic: meant\rpanic: too\n", {}, rules).crash);
}

TEST(CrashInLog, WithinALongTextIsNamedAndASentenceIsNone) {
  const std::string dots(70'000, '.');
  OutputRules read_as_tap;
  read_as_tap.formats = {"tap"};
  const Events events =
      collect_events(dots + "[   12.345678] BUG: KASAN: slab\n", {}, {.formats = {"tap"}});
  ASSERT_TRUE(events.crash);
  EXPECT_TRUE(events.crash->text.starts_with("BUG: KASAN: slab")) << events.crash->text;
  for (std::size_t before = 65'240; before < 65'300; ++before) {
    EXPECT_FALSE(collect_events(std::string(before, '.') + " we expect no panic: boom " + dots, {},
                                read_as_tap)
                     .crash)
        << before;
  }
}

TEST(CrashInLog, APatternOfAUserSeesWhatALoggerSays) {
  OutputRules rules;
  rules.tests.fail = {"^FAIL (\\S+)$"};
  rules.tests.pass = {"^PASS (\\S+)$"};
  EXPECT_EQ(collect_events("WARN net: FAIL a\nINFO app: PASS b\n", {}, rules).tests.size(), 2u);
}

/// What a program has written without a line end stands before the kernel's message.
TEST(CrashInLog, IsFoundBehindAnUnfinishedLine) {
  for (const char* line :
       {"(none) login: [   12.345678] Kernel panic - not syncing: x", "box login: panic: x",
        "root@(none):/# [    5.123456] Kernel panic - not syncing: x",
        "root@box:~# ./crash [    5.123456][    T1] Kernel panic - not syncing: x",
        ".....[   12.345678] BUG: unable to handle page fault for address: 0",
        "[    1.000000] a [    2.000000] b [    3.000000] Kernel panic - not syncing: x",
        "ok 1 foo[   12.345678] Kernel panic - not syncing: x", "~ $ panic: x",
        "] panic (caller 1)", "msh />panic: x", "msh /bin>panic: x"}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
  for (const char* line :
       {"he said [1.2] Kernel panic - not syncing", "x [   12.345678] no Kernel panic so far",
        "x [   12.34567] Kernel panic - not syncing", "msh: panic: x", "] x",
        "x 12.345678] Kernel panic - not syncing"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

/// Linux's own last words need no prefix that is known.
TEST(CrashInLog, TheLastWordsOfLinuxAreFoundBehindAnything) {
  const std::string words = "Kernel panic - not syncing: x";
  for (const char* before :
       {"CPU 12: ", "Thu May 23 12:22:33 CEST 2024 ", "/ $ ", "box:/ # ", "vm3: ", "{7} ",
        "23.05.2024 12:22 ", "init done", "ok 1 foo", "dev0> ", "[hart 3] ", "  "}) {
    EXPECT_NE(find_crash(before + words), nullptr) << before;
  }
  for (const char* before :
       {"expected: ", "# expected: ", "# see: ", "- ", "> ", "ok 3 - ", "PASS: ", "the log has \"",
        "it says: '", "grep: ", "he said ", "no ", "not ok 2 (", "(", "skip: "}) {
    EXPECT_EQ(find_crash(before + words), nullptr) << before;
  }
  for (const char* before : {"CPU 12: ", "Thu May 23 02:22:33 PM CEST 2024 ", "/ $ ", "box:/ # "}) {
    EXPECT_NE(find_crash(std::string(before) + "panic: x"), nullptr) << before;
  }
}

TEST(CrashInLog, BehindAByteOrderMarkIsOne) {
  EXPECT_NE(find_crash("\xEF\xBB\xBF"
                       "panic: x"),
            nullptr);
  EXPECT_TRUE(collect_events("\xEF\xBB\xBF"
                             "panic: x\n",
                             {})
                  .crash);
  OutputRules rules;
  rules.formats = {"tap"};
  const Events events = collect_events(
      "\xEF\xBB\xBF"
      "1..1\nok 1 a\n",
      {}, rules);
  EXPECT_EQ(events.formats.front().fault, "");
}

TEST(CrashInLog, AQuotedStampIsNoCrash) {
  const std::string words = "[    1.000000] Kernel panic - not syncing: Fatal exception";
  for (const std::string& line :
       {"# the log must contain \"" + words + "\"", "must contain '" + words + "' somewhere",
        "grep `" + words + "'", "say \"" + words + "\" [    2.000000] usb: fine"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
  for (const std::string& line :
       {"# " + words, "# a test runs ... " + words, "name=\"" + words, "name='" + words + " can't",
        std::string(
            "name=\"[    1.000000] Kernel panic - not syncing: VFS: Unable to mount root fs on "
            "\"\" or x"),
        "say \"[    1.000000] quoted\" " + words, "\"" + words + "\"" + words}) {
    EXPECT_NE(find_crash(line), nullptr) << line;
  }
}

TEST(CrashInLog, AFaultThatWasHandledIsNone) {
  for (const char* line :
       {"Page fault at linear address 0x400000 handled", "IRQ Exception at 0x10 vector installed",
        "FIQ Exception at 0x18", "SError Exception at 0x20 vector installed", "foo(3)> panic: no",
        "root login: panic: handled"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
  EXPECT_NE(find_crash("SError Exception at 0x000000004A6F1000[    1.0] x"), nullptr);
}

TEST(CrashInLog, AnIndentedItemIsNone) {
  for (const char* line : {"\tpanic = \"abort\"", "\tpanic: a field", "\t* panic: an item",
                           "BUG at bottom of the list", "fatal error: out of memory cards",
                           "Unhandled vector tests (3)", "[rustsbi-panic] handler set"}) {
    EXPECT_EQ(find_crash(line), nullptr) << line;
  }
}

}  // namespace
}  // namespace harness
