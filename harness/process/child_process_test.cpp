#include "process/child_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/error.h"

namespace harness {
namespace {

std::string read_to_end(int fd) {
  std::string all;
  char buffer[4096];
  for (;;) {
    pollfd readable = {fd, POLLIN, 0};
    poll(&readable, 1, -1);
    std::size_t size = 0;
    const ReadResult result = read_some(fd, buffer, sizeof buffer, size);
    if (result == ReadResult::end) return all;
    if (result == ReadResult::data) all.append(buffer, size);
  }
}

struct Outcome {
  std::string output;
  ProcessEnd end;
};

/// Runs a shell script with its standard output in a pipe.
Outcome run_script(const std::string& script, std::vector<std::string> environment = {}) {
  Pipe out = make_pipe(4096);
  const FileDescriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  SpawnRequest request;
  request.argv = {"sh", "-c", script};
  request.descriptors = {nothing.get(), out.write_end.get(), nothing.get()};
  request.environment = std::move(environment);
  ChildProcess child(request);
  out.write_end.close();
  const std::string output = read_to_end(out.read_end.get());
  return {output, child.wait()};
}

TEST(ChildProcess, ReportsItsExitStatus) {
  const ProcessEnd end = run_script("exit 7").end;
  EXPECT_EQ(end.exit_status, 7);
  EXPECT_FALSE(end.exit_signal);
}

TEST(ChildProcess, ReportsTheSignalThatEndedIt) {
  const ProcessEnd end = run_script("kill -SEGV $$").end;
  EXPECT_FALSE(end.exit_status);
  EXPECT_EQ(end.exit_signal, SIGSEGV);
}

TEST(ChildProcess, ReportsWhatItCost) { EXPECT_GT(run_script("exit 0").end.use.max_rss_kib, 0u); }

TEST(ChildProcess, ThatIsNotInstalledIsAnErrorThatSaysHowToGetIt) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  SpawnRequest request;
  request.argv = {"qemu-system-aarch64"};
  try {
    const ChildProcess child(request);
    ADD_FAILURE() << "it was started";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "qemu-system-aarch64 not found");
    EXPECT_EQ(error.hint, "install it: apt-get install qemu-system-arm");
    EXPECT_EQ(error.status, ExitStatus::harness_error);
  }
  setenv("PATH", path.c_str(), 1);
}

TEST(ChildProcess, ThatCannotBeExecutedIsAnErrorWithItsReason) {
  SpawnRequest request;
  request.argv = {"/etc/passwd"};
  try {
    const ChildProcess child(request);
    FAIL() << "it was started";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "cannot start /etc/passwd: Permission denied");
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(ChildProcess, GetsItsDescriptorsAndNoOthers) {
  // Not close-on-exec, as a careless library would leave it.
  const FileDescriptor leak(memfd_create("leak", 0));
  ASSERT_TRUE(leak.is_open());
  const std::string its_file = "/proc/$$/fd/" + std::to_string(leak.get());
  EXPECT_EQ(run_script("for fd in 0 1 2; do [ -e /proc/$$/fd/$fd ] && echo $fd; done").output,
            "0\n1\n2\n");
  EXPECT_EQ(run_script("[ -e " + its_file + " ] || echo closed").output, "closed\n");
}

TEST(ChildProcess, KeepsTheOrderOfDescriptorsThatCollideWithTheirNewNumbers) {
  Pipe out = make_pipe(4096);
  const FileDescriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  Pipe extra = make_pipe(4096);
  SpawnRequest request;
  request.argv = {"sh", "-c", "echo one; echo three >&3"};
  // Descriptor 3 is to be a pipe, while number 3 is in use for something else here.
  request.descriptors = {nothing.get(), out.write_end.get(), nothing.get(), extra.write_end.get()};
  ChildProcess child(request);
  out.write_end.close();
  extra.write_end.close();
  EXPECT_EQ(read_to_end(out.read_end.get()), "one\n");
  EXPECT_EQ(read_to_end(extra.read_end.get()), "three\n");
  EXPECT_EQ(child.wait().exit_status, 0);
}

TEST(ChildProcess, GetsUpTo32Descriptors) {
  const FileDescriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  SpawnRequest request;
  request.argv = {"sh", "-c", "[ -e /proc/$$/fd/31 ] && [ ! -e /proc/$$/fd/32 ]"};
  request.descriptors.assign(32, nothing.get());
  EXPECT_EQ(ChildProcess(request).wait().exit_status, 0);
  request.descriptors.push_back(nothing.get());
  EXPECT_THROW(ChildProcess{request}, std::logic_error);
}

TEST(ChildProcess, GetsOurEnvironmentWithTheChanges) {
  setenv("UNIHARNESS_TEST", "ours", 1);
  EXPECT_EQ(run_script("echo $UNIHARNESS_TEST").output, "ours\n");
  EXPECT_EQ(run_script("echo $UNIHARNESS_TEST", {"UNIHARNESS_TEST=changed"}).output, "changed\n");
  EXPECT_EQ(run_script("echo $UNIHARNESS_TEST", {"UNIHARNESS=other"}).output, "ours\n");
}

TEST(ChildProcess, InheritsNoIgnoredAndNoBlockedSignal) {
  const auto before = signal(SIGPIPE, SIG_IGN);
  sigset_t usr1, mask_before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, &mask_before);
  const std::string output = run_script("grep -E 'Sig(Blk|Ign)' /proc/self/status").output;
  sigprocmask(SIG_SETMASK, &mask_before, nullptr);
  signal(SIGPIPE, before);
  EXPECT_EQ(output, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST(ChildProcess, StatusArrivesAlsoWhereOurParentIgnoredChildren) {
  const auto before = signal(SIGCHLD, SIG_IGN);
  const ProcessEnd end = run_script("exit 5").end;
  signal(SIGCHLD, before);
  EXPECT_EQ(end.exit_status, 5);
}

TEST(ChildProcess, HasAProcessGroupOfItsOwn) {
  const std::string output = run_script("cut -d' ' -f1,5 /proc/$$/stat").output;
  const std::size_t blank = output.find(' ');
  ASSERT_NE(blank, std::string::npos);
  EXPECT_EQ(output.substr(0, blank) + "\n", output.substr(blank + 1)) << "pid, group";
}

TEST(ChildProcess, IsGoneWhenItsOwnerIs) {
  {
    SpawnRequest request;
    request.argv = {"sleep", "1000"};
    const ChildProcess child(request);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), 0);
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

TEST(ChildProcess, DiesWithUsEvenWhenWeAreKilled) {
  // The child holds the only write end that is left: its end is the end of this pipe.
  Pipe life = make_pipe(4096);
  const pid_t us = fork();
  if (us == 0) {
    SpawnRequest request;
    request.argv = {"sleep", "1000"};
    request.descriptors = {life.write_end.get()};
    const ChildProcess child(request);
    [[maybe_unused]] const ssize_t written = write(life.write_end.get(), "!", 1);
    life.write_end.close();
    pause();
    _exit(0);
  }
  life.write_end.close();
  pollfd ready = {life.read_end.get(), POLLIN, 0};
  ASSERT_EQ(poll(&ready, 1, 10'000), 1);
  kill(us, SIGKILL);
  waitpid(us, nullptr, 0);
  char byte = 0;
  std::size_t size = 0;
  ASSERT_EQ(read_some(life.read_end.get(), &byte, 1, size), ReadResult::data);
  ready.revents = 0;
  EXPECT_EQ(poll(&ready, 1, 10'000), 1) << "the child outlived us";
  EXPECT_EQ(read_some(life.read_end.get(), &byte, 1, size), ReadResult::end);
}

TEST(Pipe, IsAsLargeAsTheSystemLetsAnyoneHaveIt) {
  std::ifstream setting("/proc/sys/fs/pipe-max-size");
  int most = 0;
  setting >> most;
  const int wanted = std::min(most, 1 << 20);
  EXPECT_GE(fcntl(make_pipe(1 << 20).read_end.get(), F_GETPIPE_SZ), wanted);
}

TEST(SendAll, ToAPeerThatIsGoneIsFalseAndNoSignal) {
  SocketPair pair = make_socket_pair();
  EXPECT_TRUE(send_all(pair.ours.get(), "x"));
  pair.theirs.close();
  EXPECT_FALSE(send_all(pair.ours.get(), "x"));
  std::string dropped = "x";
  send_some(pair.ours.get(), dropped);
  EXPECT_EQ(dropped, "");
}

TEST(Sockets, WhatAPeerDoesNotTakeYetIsKeptAndSentLater) {
  SocketPair pair = make_socket_pair();
  std::string sent(4 << 20, 'x');
  for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i % 251);
  std::string left = sent, arrived;
  send_some(pair.ours.get(), left);
  EXPECT_GT(left.size(), 0U);
  std::array<char, 65536> buffer;
  while (arrived.size() < sent.size()) {
    std::size_t size = 0;
    ASSERT_EQ(read_some(pair.theirs.get(), buffer.data(), buffer.size(), size), ReadResult::data);
    arrived.append(buffer.data(), size);
    send_some(pair.ours.get(), left);
  }
  EXPECT_TRUE(arrived == sent);
  EXPECT_EQ(left, "");
}
TEST(MemoryFile, IsReadWholeUpToTheLimitAndNotAtAllBeyond) {
  const FileDescriptor file = make_memory_file("test");
  ASSERT_EQ(write(file.get(), "12345", 5), 5);
  EXPECT_EQ(memory_file_content(file, 5), "12345");
  EXPECT_EQ(memory_file_content(file, 4), "");
}

TEST(FindProgram, TakesTheFirstExecutableInPath) {
  EXPECT_TRUE(find_program("sh").value_or("").ends_with("/sh"));
  EXPECT_EQ(find_program("/no/such/file"), "/no/such/file");
  EXPECT_FALSE(find_program("no-such-program-anywhere"));
}

TEST(FindProgram, PassesOverAFolderOfThatName) {
  const std::string before = getenv("PATH");
  setenv("PATH", ("/:" + before).c_str(), 1);
  EXPECT_FALSE(find_program("proc"));
  setenv("PATH", before.c_str(), 1);
}

}  // namespace
}  // namespace harness
