#include "report/bare_command.h"

#include <gtest/gtest.h>

#include "machine/machine.h"

namespace harness {
namespace {

/// What is taken off must be just what qemu_command puts on: this fails when the two part.
void expect_inverse(const Job& job) {
  EXPECT_EQ(bare_command(qemu_command(job, CommandStyle::harnessed, 7)),
            qemu_command(job, CommandStyle::bare));
}

TEST(BareCommand, IsWhatDryRunPrints) {
  Job job;
  job.disk = "/images/tinyllama.img";
  expect_inverse(job);
}
TEST(BareCommand, IsWithoutTheScreenHold) {
  Job job;
  job.kernel = "/images/tinyllama.elf";
  job.capture_screen = true;
  expect_inverse(job);
}
TEST(BareCommand, OfAMachineWithoutAUart) {
  Job job;
  job.kernel = "/images/silent.elf";
  job.machine.serial = false;
  job.machine.cpu = "max";
  expect_inverse(job);
}
TEST(BareCommand, AnOptionOfTheMachineIsKept) {
  const std::vector<std::string> command = {"qemu", "-fw_cfg", "name=opt/mine,string=1", "-m",
                                            "32M"};
  EXPECT_EQ(bare_command(command), command);
}

}  // namespace
}  // namespace harness
