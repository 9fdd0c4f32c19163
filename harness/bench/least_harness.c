/* The least that a harness can do: starts QEMU, reads what the guest says up to its end, looks for
 * the closing line, and at QEMU's status. No limit but a time, no report, no control channel. It is
 * what ci/overhead.sh and ci/suite_overhead.sh hold uniharness against. */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { kLimitMilliseconds = 30000, kPassStatus = 33 };

int main(int argc, char** argv) {
  int ends[2];
  if (argc < 2 || pipe(ends) != 0) return 2;
  const pid_t qemu = fork();
  if (qemu < 0) return 2;
  if (qemu == 0) {
    dup2(ends[1], 1);
    close(ends[0]);
    close(ends[1]);
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  close(ends[1]);
  static char log[1 << 20];
  size_t size = 0;
  struct pollfd serial = {ends[0], POLLIN, 0};
  while (size < sizeof log && poll(&serial, 1, kLimitMilliseconds) > 0) {
    const ssize_t got = read(ends[0], log + size, sizeof log - size);
    if (got <= 0) break;
    size += (size_t)got;
  }
  if (size == sizeof log || (serial.revents & POLLHUP) == 0) kill(qemu, SIGKILL);
  int status = 0;
  waitpid(qemu, &status, 0);
  const int said = memmem(log, size, "[END] status=pass", 17) != NULL;
  const int passed = said && WIFEXITED(status) && WEXITSTATUS(status) == kPassStatus;
  puts(passed ? "PASS" : "FAIL");
  return passed ? 0 : 1;
}
