#include "check/near_miss.h"

#include <gtest/gtest.h>

#include "check/check_testing.h"

namespace harness {
namespace {

using namespace testing_record;

TEST(NearMiss, AMisspeltNameIsTold) {
  const RunRecord run = run_of({session({"[METRIC] latency: 7 bytes", "[TEST] heap: pass"})});
  EXPECT_EQ(run_check(run, "metric", {{"name", text("latencies")}}).reason,
            "[METRIC] 'latencies' was expected and did not arrive; did you mean 'latency'?");
  EXPECT_EQ(run_check(run, "test", {{"name", text("xyz")}}).reason,
            "[TEST] 'xyz' was expected and did not arrive");
}

TEST(NearMiss, ANameOfAnotherKindOfLineIsTold) {
  const RunRecord run = run_of({session({"[METRIC] latency: 7 bytes"})});
  EXPECT_EQ(run_check(run, "timing", {{"name", text("latency")}}).reason,
            "[TIMING] 'latency' was expected and did not arrive; a [METRIC] of that name arrived");
}

TEST(NearMiss, TheLineThatIsNearlyTheTextIsTold) {
  const RunRecord run = run_of({"boot\nKernel: Hello, wrold!\nbye\n"});
  EXPECT_EQ(run_check(run, "text", {{"text", text("hello, world")}}).reason,
            "'hello, world' was not found in 3 lines; nearest is line 2: 'Kernel: Hello, wrold!'");
  EXPECT_EQ(run_check(run, "text", {{"text", text("BYE")}}).reason,
            "'BYE' was not found in 3 lines; nearest is line 3: 'bye'");
  EXPECT_EQ(run_check(run, "text", {{"text", text("ready")}}).reason,
            "'ready' was not found in 3 lines");
}

TEST(NearMiss, WhatTheGuestSaysIsHarmlessAndBounded) {
  EXPECT_EQ(near_line(boot_of("good\x1b morning\n"), "good morning"),
            "; nearest is line 1: 'good\\x1B morning'");
  std::string flood;
  for (int i = 0; i < 20'000; ++i) flood += "a line of a guest that says very much\n";
  EXPECT_EQ(near_line(boot_of(flood + "good mornin\n"), "good morning"), "");
}

}  // namespace
}  // namespace harness
