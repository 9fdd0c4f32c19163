// For tests: a guest in real QEMU with the plugin, and what was counted of it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <utility>

#include <wire/protocol.h>

#include "machine/machine.h"
#include "profile/counts.h"
#include "profile/profile.h"

namespace harness::profile::testing_boot {

/// For another QEMU in PATH, UNIHARNESS_TEST_PLUGIN names the one for its interface.
inline std::string test_plugin() {
  const char* named = std::getenv("UNIHARNESS_TEST_PLUGIN");
  return named != nullptr ? named : TEST_PLUGIN;
}

struct CountedBoot {
  Trace trace;
  CountedProfile profile;
};

/// Boots `elf`, whose name ends with 64 where it is of x86-64, on that model and processor (empty:
/// QEMU's default). It must end with a pass.
inline CountedBoot boot_counted(const std::string& elf, const std::string& model,
                                const std::string& cpu = {}) {
  GuestCode code = read_code({elf});
  const SharedMemory memory(code);
  Job job;
  job.kernel = elf;
  job.machine.arch = elf.ends_with("64.elf") ? "x86_64" : "i386";
  job.machine.model = model;
  job.machine.cpu = cpu;
  job.machine.vga = model == "pc";
  if (model != "pc") job.firmware = "qboot.rom";
  job.limits.idle = job.limits.wall = std::chrono::seconds(60);
  job.plugin = PluginSpec{test_plugin(), memory.descriptor()};
  QemuMachine machine;
  CountedBoot boot;
  boot.trace = machine.run(job, {});
  EXPECT_EQ(boot.trace.exit_status, wire::process_status(wire::Exit::pass))
      << boot.trace.stderr_text;
  EXPECT_TRUE(memory.attached());
  boot.profile = make_profile(std::move(code), memory.read());
  return boot;
}

}  // namespace harness::profile::testing_boot
