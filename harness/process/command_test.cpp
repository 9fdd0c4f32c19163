#include "process/command.h"

#include <gtest/gtest.h>
#include <signal.h>

#include "base/error.h"

namespace harness {
namespace {

TEST(RunCommand, OutputOfBothStreamsIsKept) {
  const auto result = run_command({"sh", "-c", "echo out; echo err >&2"}, "/");
  EXPECT_EQ(result.exit_status, 0);
  EXPECT_EQ(result.output_tail, "out\nerr\n");
}
TEST(RunCommand, ExitStatusAndSignalAreTold) {
  EXPECT_EQ(run_command({"sh", "-c", "exit 7"}, "/").ending(), "exit status 7");
  EXPECT_EQ(run_command({"sh", "-c", "kill -9 $$"}, "/").ending(), "killed by signal 9");
}
TEST(RunCommand, RunsInTheFolder) { EXPECT_EQ(run_command({"pwd"}, "/usr").output_tail, "/usr\n"); }
TEST(RunCommand, OnlyTheEndOfLongOutputIsKept) {
  const auto result = run_command({"sh", "-c", "seq 1 20000"}, "/");
  EXPECT_LE(result.output_tail.size(), 8192u);
  EXPECT_TRUE(result.output_tail.ends_with("\n20000\n"));
}
TEST(RunCommand, ListenerSeesAllOfIt) {
  std::size_t seen = 0;
  run_command({"sh", "-c", "seq 1 20000"}, "/",
              [&](std::string_view output) { seen += output.size(); });
  EXPECT_EQ(seen, 108894u);
}
TEST(RunCommand, MissingProgramIsAnErrorThatNamesIt) {
  try {
    run_command({"no-such-program-here"}, "/");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("no-such-program-here"), std::string::npos);
    EXPECT_EQ(error.status, ExitStatus::harness_error);
  }
}
TEST(RunCommand, WhatItLeavesRunningIsNotWaitedFor) {
  // It would hold the output open for ten minutes.
  const auto result = run_command({"sh", "-c", "sleep 600 & echo $!"}, "/");
  EXPECT_EQ(result.exit_status, 0);
  const pid_t left = std::stoi(result.output_tail);
  EXPECT_EQ(kill(left, SIGKILL), 0) << "it had ended";
}
TEST(RunCommand, ArgumentsAreNotSeenByAShell) {
  EXPECT_EQ(run_command({"echo", "$HOME; ls"}, "/").output_tail, "$HOME; ls\n");
}

}  // namespace
}  // namespace harness
