// boot_interactive in a process of its own whose terminal is a pseudo-terminal.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "machine/boot_testing.h"
#include "machine/machine.h"

namespace harness {
namespace {

struct Session {
  pid_t pid;
  int terminal;
};

/// A process whose terminal is a new pseudo-terminal, and which returns what the boot does. Its
/// exit status is 99 where the terminal's settings or flags are not what they were.
Session attach(const Job& job) {
  Session session = {};
  session.pid = forkpty(&session.terminal, nullptr, nullptr, nullptr);
  if (session.pid != 0) return session;
  termios before = {}, after = {};
  tcgetattr(0, &before);
  const int flags_before = fcntl(0, F_GETFL);
  const int status = boot_interactive(job, {});
  tcgetattr(0, &after);
  const bool same = before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag &&
                    before.c_oflag == after.c_oflag && flags_before == fcntl(0, F_GETFL);
  _exit(same ? status : 99);
}

/// What the terminal shows, up to and with `expected`, or until its end or 10 s of silence.
std::string read_until(int terminal, const std::string& expected) {
  std::string shown;
  pollfd readable = {terminal, POLLIN, 0};
  while (shown.find(expected) == std::string::npos && poll(&readable, 1, 10'000) == 1) {
    char buffer[256];
    const ssize_t got = read(terminal, buffer, sizeof buffer);
    if (got <= 0) break;
    shown.append(buffer, static_cast<std::size_t>(got));
  }
  return shown;
}

int exit_status_of(const Session& session) {
  int status = 0;
  waitpid(session.pid, &status, 0);
  close(session.terminal);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(Interactive, ShowsTheGuestAndReturnsQemusStatus) {
  const Session session = attach(boot_of("hello"));
  EXPECT_NE(read_until(session.terminal, "the guest").find("hello from the guest"),
            std::string::npos);
  EXPECT_EQ(exit_status_of(session), kPassStatus);
}

TEST(Interactive, CtrlCGoesToTheGuestAndTheMonitorKeysEndIt) {
  const Session session = attach(boot_of("hang"));
  read_until(session.terminal, "silence");
  ASSERT_EQ(write(session.terminal, "\x03", 1), 1);
  ASSERT_EQ(write(session.terminal, "\x01x", 2), 2);
  EXPECT_NE(read_until(session.terminal, "Terminated").find("Terminated"), std::string::npos);
  EXPECT_EQ(exit_status_of(session), 0);
}

TEST(Interactive, QemuThatIsKilledIsReportedAsAShellDoesAndTheTerminalIsPutBack) {
  const Session session = attach(boot_of("hang"));
  read_until(session.terminal, "silence");
  const std::string children =
      "/proc/" + std::to_string(session.pid) + "/task/" + std::to_string(session.pid) + "/children";
  FILE* list = fopen(children.c_str(), "r");
  ASSERT_NE(list, nullptr);
  pid_t qemu = 0;
  ASSERT_EQ(fscanf(list, "%d", &qemu), 1);
  fclose(list);
  kill(qemu, SIGKILL);
  EXPECT_EQ(exit_status_of(session), 128 + SIGKILL);
}

}  // namespace
}  // namespace harness
