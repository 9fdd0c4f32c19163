#include "cluster/driver.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"

namespace harness {
namespace {

const ClusterDriver& slurm() { return cluster_driver("slurm"); }

TEST(ClusterDriver, IsFoundByName) {
  EXPECT_EQ(slurm().name, "slurm");
  EXPECT_THROW(cluster_driver("nowhere"), UsageError);
}

TEST(Slurm, SaysHowLargeAnArrayMayBe) {
  const auto largest = [](const char* text) { return slurm().largest_array(text); };
  EXPECT_EQ(largest("Configuration data\nMaxArraySize            = 1001\nMaxDBDMsgs = 2\n"), 1000u);
  EXPECT_EQ(largest("MaxArraySize = 0\n"), std::nullopt);
  EXPECT_EQ(largest("MaxArraySize = 1001x\n"), std::nullopt);
  EXPECT_EQ(largest("MaxArraySize 1001\n"), std::nullopt);
  EXPECT_EQ(largest(""), std::nullopt);
}

TEST(Slurm, IsHandedAnArray) {
  const auto words = slurm().submit({.name = "n",
                                     .script = "/s/a b.sh",
                                     .logs = "/s/log",
                                     .offset = 1000,
                                     .count = 40,
                                     .at_once = 8,
                                     .after = "17",
                                     .words = {"--array=9", "--partition=x"}});
  const std::vector<std::string> expected = {"sbatch",         "--array=9",
                                             "--partition=x",  "--parsable",
                                             "--requeue",      "--open-mode=append",
                                             "--job-name=n",   "--output=/s/log/%A_%a.log",
                                             "--array=1-40%8", "--dependency=afterany:17",
                                             "/s/a b.sh",      "1000"};
  EXPECT_EQ(words, expected) << "ours stand last, and so count";
}

TEST(Slurm, NamesTheJob) {
  EXPECT_EQ(slurm().submitted("123\n"), "123");
  for (const char* text : {"", "\n", "Submitted batch job 123\n", "-1\n", "12;other\n", "1\n2\n"}) {
    EXPECT_EQ(slurm().submitted(text), std::nullopt) << text;
  }
}

TEST(Slurm, QueueIsReadWholeOrNotAtAll) {
  const auto tasks = slurm().queue(
      "12|[4-40%2]|PENDING||n\n12|3|RUNNING|n1|n-1\n12|2|COMPLETING|n2|n\n12|1|COMPLETED|n2|n\n"
      "9|N/A|NODE_FAIL||a|b\n12|5|SOMETHING_NEW|n3|n\n");
  ASSERT_TRUE(tasks);
  ASSERT_EQ(tasks->size(), 6u);
  const TaskPhase phases[] = {TaskPhase::waiting, TaskPhase::running, TaskPhase::waiting,
                              TaskPhase::over,    TaskPhase::over,    TaskPhase::waiting};
  for (std::size_t i = 0; i < std::size(phases); ++i) {
    EXPECT_EQ((*tasks)[i].phase, phases[i]) << (*tasks)[i].state;
  }
  EXPECT_EQ((*tasks)[1].node, "n1");
  EXPECT_EQ((*tasks)[1].index, "3");
  EXPECT_EQ((*tasks)[1].name, "n-1");
  EXPECT_EQ((*tasks)[4].name, "a|b");
  EXPECT_EQ(slurm().queue("")->size(), 0u);
  for (const char* text :
       {"slurm_load_jobs error: Unable to contact slurm controller\n", "12|3|RUNNING\n",
        "12|3|RUNNING|n1\n", "|3|RUNNING|n1|n\n", "12|3||n1|n\n", "12|1|RUNNING|n1|n\n\x01\x02\n",
        "twelve|1|RUNNING|n1|n\n"}) {
    EXPECT_EQ(slurm().queue(text), std::nullopt) << text;
  }
  const auto hostile = slurm().queue("12|1|RUNNING|n\x1b[2J|n\n");
  ASSERT_TRUE(hostile);
  EXPECT_EQ((*hostile)[0].node, "n\\x1B[2J");
}

TEST(Slurm, EnvironmentHidesNoTask) {
  const auto words = slurm().poll("n-1");
  EXPECT_EQ(words.back(), "--name=n-1");
  EXPECT_NE(slurm().poll("").back(), "--name=");
  EXPECT_NE(std::ranges::find(words, "SQUEUE_PARTITION"), words.end());
  EXPECT_NE(std::ranges::find(words, "--states=all"), words.end());
  EXPECT_EQ(slurm().cancel({"1", "2"}), (std::vector<std::string>{"scancel", "1", "2"}));
}

}  // namespace
}  // namespace harness
