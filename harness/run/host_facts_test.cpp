#include "run/host_facts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace harness {
namespace {

TEST(HostFacts, TheModelOfTheProcessorIsFound) {
  EXPECT_EQ(cpu_model("processor\t: 0\nmodel\t\t: 1\nmodel name\t: AMD EPYC 7B13\nflags: a\n"),
            "AMD EPYC 7B13");
  EXPECT_EQ(cpu_model("hart: 0\nuarch\t: sifive,u74-mc\n"), "sifive,u74-mc");
  EXPECT_EQ(cpu_model("model name\t: a\x1b[2Jb"), "a\\x1B[2Jb");
  EXPECT_EQ(cpu_model("no colon at all"), "");
  EXPECT_LE(cpu_model("model name\t: " + std::string(5000, 'a')).size(), 200u);
}

TEST(HostFacts, ThisMachineIsDescribed) {
  setenv("SLURMD_NODENAME", "n7\x1b", 1);
  const Host host = this_host();
  unsetenv("SLURMD_NODENAME");
  EXPECT_NE(host.name, "");
  EXPECT_EQ(host.node, "n7\\x1B");
  EXPECT_NE(host.cpu, "");
  EXPECT_GE(host.processors, 1u);
  EXPECT_TRUE(host.kernel.starts_with("Linux ")) << host.kernel;
  EXPECT_TRUE(host.load.has_value());
}

TEST(HostFacts, OnlyTimesOfTheHostDependOnIt) {
  RunRecord record;
  record.fingerprint.clock = ClockKind::counted;
  note_host(record, false);
  EXPECT_EQ(record.fingerprint.host, "");
  EXPECT_NE(record.host.name, "");
  record.fingerprint.clock = ClockKind::host;
  note_host(record, true);
  EXPECT_NE(record.fingerprint.host, "");
  EXPECT_EQ(record.host.name, "") << "it was to be left out";
  EXPECT_NE(record.host.cpu, "");
}

}  // namespace
}  // namespace harness
