#include "base/processors.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <cstdlib>
#include <fstream>

#include "base/folder_testing.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

TEST(Processors, OfAQuotaTheTightestGroupCounts) {
  const TestFolder mount;
  put(mount.path / "cpu.max", "max 100000\n");
  put(mount.path / "jobs/cpu.max", "150000 100000\n");
  put(mount.path / "jobs/one/cpu.max", "400000 100000\n");
  EXPECT_EQ(cgroup_quota("0::/jobs/one\n", mount.path), 1.5);
  EXPECT_EQ(cgroup_quota("0::/jobs/one/two\n", mount.path), 1.5) << "no such group is no limit";
  EXPECT_EQ(cgroup_quota("0::/other\n", mount.path), std::nullopt);
  EXPECT_EQ(cgroup_quota("3:cpuset:/jobs/one\n", mount.path), std::nullopt);
}

TEST(Processors, BothVersionsOfControlGroupsAreRead) {
  const TestFolder mount;
  put(mount.path / "cpu,cpuacct/a/cpu.cfs_quota_us", "10000\n");
  put(mount.path / "cpu,cpuacct/a/cpu.cfs_period_us", "100000\n");
  put(mount.path / "cpu,cpuacct/b/cpu.cfs_quota_us", "-1\n");
  put(mount.path / "cpu,cpuacct/b/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cgroup_quota("5:memory:/x\n4:cpu,cpuacct:/a\n0::/\n", mount.path), 0.1);
  EXPECT_EQ(cgroup_quota("4:cpu,cpuacct:/b\n", mount.path), std::nullopt);
}

TEST(Processors, WhatIsNoQuotaIsNoLimit) {
  const TestFolder mount;
  for (const char* text : {"", "max", "0 100000", "100000 0", "-5 100000", "1e3 10", "50000"}) {
    put(mount.path / "cpu.max", text);
    EXPECT_EQ(cgroup_quota("0::/\n", mount.path), std::nullopt) << text;
  }
  put(mount.path / "cpu.max", "50000 100000");
  EXPECT_EQ(cgroup_quota("0::/../..\n", mount.path), 0.5);
  EXPECT_EQ(cgroup_quota("::\nnonsense\n", mount.path / "none"), std::nullopt);
}

TEST(Processors, TasksKeepWithinEveryLimit) {
  EXPECT_EQ(tasks_worth_running({8, std::nullopt}, std::nullopt), 8u);
  EXPECT_EQ(tasks_worth_running({8, 2.5}, std::nullopt), 3u);
  EXPECT_EQ(tasks_worth_running({8, 0.1}, std::nullopt), 1u);
  EXPECT_EQ(tasks_worth_running({8, 1e9}, 4), 4u);
  EXPECT_EQ(tasks_worth_running({2, std::nullopt}, 4), 2u);
  EXPECT_EQ(tasks_worth_running({4, 3.0}, 2), 2u);
}

TEST(Processors, TheAffinityMaskAndSlurmAreObeyed) {
  cpu_set_t all, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof all, &all), 0);
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i) {
    if (CPU_ISSET(i, &all)) CPU_SET(i, &one);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(usable_processors().count, 1u);
  EXPECT_EQ(tasks_worth_running(), 1u);
  ASSERT_EQ(sched_setaffinity(0, sizeof all, &all), 0);
  EXPECT_EQ(usable_processors().count, static_cast<unsigned>(CPU_COUNT(&all)));
  setenv("SLURM_CPUS_ON_NODE", "1", 1);
  EXPECT_EQ(tasks_worth_running(), 1u);
  unsetenv("SLURM_CPUS_ON_NODE");
}

}  // namespace
}  // namespace harness
