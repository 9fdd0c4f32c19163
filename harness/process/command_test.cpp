#include "process/command.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "process/descriptor.h"

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
TEST(RunCommand, ThatCannotBeExecutedIsAnErrorAndLeavesNoChild) {
  for (const char* program : {"/etc/passwd", "./no-such-program-here"}) {
    EXPECT_THROW(run_command({program}, "/"), Error) << program;
  }
  EXPECT_THROW(run_command({"true"}, "/no/such/folder"), Error);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}
TEST(RunCommand, NameWithASlashIsLookedUpInTheFolder) {
  EXPECT_EQ(run_command({"./sh", "-c", "echo $0"}, "/bin").output_tail, "./sh\n");
}
TEST(RunCommand, ProgramSeesTheNameThatItWasCalledBy) {
  EXPECT_EQ(run_command({"sh", "-c", "echo $0"}, "/").output_tail, "sh\n");
}
TEST(RunCommand, WhatItLeavesRunningIsNotWaitedFor) {
  // It would hold the output open for ten minutes.
  const auto result = run_command({"sh", "-c", "sleep 600 & echo $!"}, "/");
  EXPECT_EQ(result.exit_status, 0);
  const pid_t left = std::stoi(result.output_tail);
  EXPECT_EQ(kill(left, SIGKILL), 0) << "it had ended";
}
TEST(RunCommand, WhatItLeavesWritingIsNotWaitedFor) {
  EXPECT_EQ(run_command({"sh", "-c", "yes & exit 5"}, "/").exit_status, 5);
}
TEST(RunCommand, StandardInputIsEmpty) {
  EXPECT_EQ(run_command({"sh", "-c", "wc -c"}, "/").output_tail, "0\n");
}
TEST(RunCommand, SeesNoDescriptorsButTheStandardOnes) {
  // Not close-on-exec, as a careless library would leave them: one low number and one high.
  const FileDescriptor low(memfd_create("leak", 0));
  const FileDescriptor high(fcntl(low.get(), F_DUPFD, 100));
  ASSERT_TRUE(low.is_open() && high.is_open());
  // The shell opens the folder to list it and has closed it again when it looks at each.
  const std::string list = "for fd in /proc/$$/fd/*; do [ -e $fd ] && echo ${fd##*/}; done; :";
  EXPECT_EQ(run_command({"sh", "-c", list}, "/").output_tail, "0\n1\n2\n");
}
TEST(RunCommand, StaysInOurProcessGroup) {
  // Ctrl-C in a terminal reaches a build and all that it has started.
  EXPECT_EQ(run_command({"sh", "-c", "cut -d' ' -f5 /proc/$$/stat"}, "/").output_tail,
            std::to_string(getpgrp()) + "\n");
}
TEST(RunCommand, StatusArrivesAlsoWhereOurParentIgnoredChildren) {
  const auto before = signal(SIGCHLD, SIG_IGN);
  const int status = run_command({"sh", "-c", "exit 5"}, "/").exit_status;
  signal(SIGCHLD, before);
  EXPECT_EQ(status, 5);
}
TEST(RunCommand, SeveralAtATimeEachGetTheirOwnStatus) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([i] {
      for (int round = 0; round < 10; ++round) {
        EXPECT_EQ(run_command({"sh", "-c", "exit " + std::to_string(i)}, "/").exit_status, i);
      }
    });
  }
}
TEST(RunCommand, EndsWithTheListenersException) {
  std::string output;
  EXPECT_THROW(run_command({"sh", "-c", "echo $$; exec sleep 600"}, "/",
                           [&](std::string_view text) {
                             output += text;
                             throw Error("enough");
                           }),
               Error);
  EXPECT_NE(kill(std::stoi(output), 0), 0) << "the command is left";
}
TEST(RunCommand, DiesWithUsEvenWhenWeAreKilled) {
  Pipe pipe = make_pipe(4096);
  const pid_t us = fork();
  if (us == 0) {
    run_command({"sh", "-c", "echo $$; exec sleep 47"}, "/", [&](std::string_view text) {
      [[maybe_unused]] const ssize_t written =
          write(pipe.write_end.get(), text.data(), text.size());
    });
    _exit(0);
  }
  pipe.write_end.close();
  pollfd ready = {pipe.read_end.get(), POLLIN, 0};
  ASSERT_EQ(poll(&ready, 1, 10'000), 1);
  char text[32] = {};
  std::size_t size = 0;
  ASSERT_EQ(read_some(pipe.read_end.get(), text, sizeof text - 1, size), ReadResult::data);
  // A descriptor of the process is readable once it has ended, whoever reaps it.
  const FileDescriptor command(
      static_cast<int>(syscall(SYS_pidfd_open, std::stoi(std::string(text)), 0)));
  ASSERT_TRUE(command.is_open());
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  ready = {command.get(), POLLIN, 0};
  EXPECT_EQ(poll(&ready, 1, 10'000), 1) << "the command outlived us";
  syscall(SYS_pidfd_send_signal, command.get(), SIGKILL, nullptr, 0U);
}
TEST(RunCommand, ArgumentsAreNotSeenByAShell) {
  EXPECT_EQ(run_command({"echo", "$HOME; ls"}, "/").output_tail, "$HOME; ls\n");
}

}  // namespace
}  // namespace harness
