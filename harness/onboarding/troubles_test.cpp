#include "onboarding/troubles.h"

#include <gtest/gtest.h>

#include <random>

#include "onboarding/prompt.h"

namespace harness::onboarding {
namespace {

/// Of one line in the middle of a long output.
std::vector<Trouble> in_the_middle(const std::string& line) {
  std::string output = "start\n" + line + "\n";
  for (int i = 0; i < 20; ++i) output += "going on\n";
  return troubles_in(output);
}

TEST(Troubles, WordsOfADeathAreFatalWhereverTheyStand) {
  for (const char* line : {
           "panic: freeing free page",
           "core 0: panic: acquire",
           "cpu 0 PANIC: no root",
           "PANIC!",
           "panic (caller 0x1234): no heap",
           "\x1B[31mpanic\x1B[0m: in colour",
           "thread 'boot' panicked at src/lib.rs:3",
           "*** kernel panic ***",
           "Unhandled exception: 13",
           "unexpected trap 14 from cpu 0",
           "DOUBLE FAULT at 0xfff",
           "FATAL ERROR: stack",
           "fatal: no init",
           "ASSERTION FAILED at main.c:12",
           "Assertion `x' failed",
           "[PANIC] page fault",
           "<panic> page fault",
           "PANIC in mm.c:12",
           "KERNEL_PANIC x",
           "KERNEL CRASH: x",
           "Oops: kernel page fault",
           "Page Fault Exception. System Halted!",
           "EXCEPTION: PAGE FAULT",
           "[FATAL] no memory",
           "assert(x != 0) failed at a.c:3",
           "Stack smashing detected!",
           "panic hook was not set: page fault: panic!",
       }) {
    const auto found = in_the_middle(line);
    ASSERT_EQ(found.size(), 1u) << line;
    EXPECT_EQ(found[0].kind, TroubleKind::fatal) << line;
    EXPECT_TRUE(tells_of_death(found));
  }
}

TEST(Troubles, AnErrorCountsByWhereItStands) {
  for (const char* line : {
           "ERR: no device",
           "[    0.1] CRIT: x",
           "[FAIL] mounting",
           "disk FAILED",
           "init returned error -19",
           "mount: error -5",
           "Error: bad magic",
           "failed to load the table",
           "could not open /init",
           "Segmentation fault",
           "out of memory",
           "12 tests passed, 3 failed",
           "3 failures, 0 errors",
           "2 test cases failed",
           "Errors: 4",
           "passed=7 failed=1",
           "Failed tests: 3",
           "failing test cases = 1",
           "4 tests have failed",
           "1 test case has failed",
           "5 errors corrected, 2 failed",
           "10 of 12 tests failed",
           "0 of 5 passed, 5 failed",
           "2 errors expected 0",
           "3 uncorrected errors, 3 errors",
       }) {
    const auto middle = in_the_middle(line);
    ASSERT_EQ(middle.size(), 1u) << line;
    EXPECT_EQ(middle[0].kind, TroubleKind::warning) << line;
    EXPECT_FALSE(tells_of_death(middle));
    const auto last = troubles_in("start\n" + std::string(line) + "\n\nhalted\n");
    ASSERT_EQ(last.size(), 1u) << line;
    EXPECT_EQ(last[0].kind, TroubleKind::last_words) << line;
    EXPECT_TRUE(tells_of_death(last));
  }
}

TEST(Troubles, WhatOnlyResemblesOneIsNone) {
  for (const char* line : {
           "Kernel command line: console=ttyS0 panic=-1 oops=panic",
           "no panic so far",
           "panic: disabled",
           "double fault: none",
           "12 passed, 0 failed",
           "3 failovers, 2 errorless",
           "errors: 0",
           "FAILED: 0",
           "tests without failures",
           "4 errors corrected by scrubbing",
           "2 errors were recovered",
           "1 corrected error",
           "7 bit errors have been repaired",
           "0 of 5 tests failed",
           "0/12 checks failed",
           "Failed tests: 0",
           "erratic terror mirror",
           "Unfailing service",
           "registering panic handlers",
           "Kernel panic handler installed",
           "Uncaught exception handlers are set",
           "unexpected interrupt vectors installed",
           "Triple fault handling enabled",
           "kernel panic (expected)",
           "kernel panic test 3",
           "Unhandled exception: none",
           "PCI: Fatal: No config space access function found",
           "asserted, and nothing has prefailed",
           "a panicking thread",
           "infatal",
           "returned 0",
           "temperature -5",
       }) {
    EXPECT_TRUE(troubles_in(std::string("a\n") + line + "\n").empty()) << line;
  }
}

TEST(Troubles, AreFewAndShortWhateverComes) {
  std::string output;
  for (int i = 0; i < 5000; ++i) output += "panic: number " + std::to_string(i) + "\nERR a\n";
  output += "panic: " + std::string(1 << 20, 'x');
  const auto found = troubles_in(output);
  EXPECT_LE(found.size(), 30u);
  for (const Trouble& one : found) EXPECT_LE(one.line.size(), 120u);

  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string bytes(random() % 2000, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    EXPECT_LE(troubles_in(bytes).size(), 30u);
    ends_in_prompt(bytes);
  }
}

TEST(Prompt, IsALastLineThatWaits) {
  for (const char* output : {"boot\nbox login: ", "=> ", "a\n\x1B[1;32mroot@box\x1B[0m:~# ",
                             "\r\n$ ", "sure? ", "shell> \x1B[6n", "msh />", "[root@box ~]"}) {
    EXPECT_TRUE(ends_in_prompt(output)) << output;
  }
  for (const char* output :
       {"", "boot\n", "login:\n", "loading", "loading...", "\n\n", "100% done"}) {
    EXPECT_FALSE(ends_in_prompt(output)) << output;
  }
  EXPECT_FALSE(ends_in_prompt(std::string(500, 'x') + ":"));
}

}  // namespace
}  // namespace harness::onboarding
