// What the tests that boot real guests share. Most use microvm, which starts in some 30 ms.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

#include <wire/protocol.h>

#include "machine/machine.h"

namespace harness {

using namespace std::chrono_literals;

inline constexpr int kPassStatus = wire::process_status(wire::Exit::pass);

inline Job boot_of(const std::string& guest) {
  Job job;
  job.kernel = std::string(TEST_GUESTS) + "/" + guest + ".bin";
  job.firmware = "qboot.rom";
  job.machine.model = "microvm,acpi=off";
  job.machine.vga = false;
  job.clock = ClockKind::host;
  return job;
}

/// On the machine that has an adapter and ACPI.
inline Job pc_boot_of(const std::string& guest) {
  Job job = boot_of(guest);
  job.firmware.clear();
  job.machine.model = "pc";
  job.machine.vga = true;
  return job;
}

inline Trace run(const Job& job, const SerialSink& sink = {}) {
  QemuMachine machine;
  Trace trace = machine.run(job, sink);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a process is left";
  return trace;
}

/// The only child of this process: QEMU, while it runs. 0 if there is none.
inline pid_t running_qemu() {
  std::ifstream children("/proc/self/task/" + std::to_string(gettid()) + "/children");
  pid_t pid = 0;
  children >> pid;
  return pid;
}

/// It has ended and was not reaped yet.
inline bool qemu_has_ended() {
  siginfo_t who = {};
  return waitid(P_ALL, 0, &who, WEXITED | WNOHANG | WNOWAIT) == 0 && who.si_pid != 0;
}

}  // namespace harness
