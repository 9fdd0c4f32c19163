#include <gtest/gtest.h>

#include <limits>

#include "cluster/driver.h"

namespace harness {
namespace {

const ClusterDriver& grid_engine() { return cluster_driver("gridengine"); }

TEST(GridEngine, SaysHowLargeAnArrayMayBe) {
  const auto largest = [](const char* text) { return grid_engine().largest_array(text); };
  EXPECT_EQ(largest("#global:\nmax_aj_instances    2000\nmax_aj_tasks        75000\n"), 75000u);
  EXPECT_EQ(largest("max_aj_tasks 0\n"), std::numeric_limits<std::size_t>::max()) << "no limit";
  EXPECT_EQ(largest("max_aj_tasks 7x\n"), std::nullopt);
  EXPECT_EQ(largest("max_aj_tasks\n"), std::nullopt);
  EXPECT_EQ(largest("max_aj_tasks_of_others 7\n"), std::nullopt);
  EXPECT_EQ(largest(""), std::nullopt);
}

TEST(GridEngine, IsHandedAnArray) {
  const auto words = grid_engine().submit({.name = "n",
                                           .script = "/s/a b.sh",
                                           .logs = "/s/log",
                                           .offset = 1000,
                                           .count = 40,
                                           .at_once = 8,
                                           .after = "17",
                                           .words = {"-t", "9", "-l", "h_rt=600"}});
  const std::vector<std::string> expected = {
      "qsub",   "-t",        "9",     "-l",        "h_rt=600",
      "-terse", "-cwd",      "-V",    "-S",        "/bin/sh",
      "-b",     "n",         "-sync", "n",         "-r",
      "y",      "-j",        "y",     "-o",        "/s/log/$JOB_ID.$TASK_ID.log",
      "-N",     "n",         "-t",    "1-40",      "-tc",
      "8",      "-hold_jid", "17",    "/s/a b.sh", "1000"};
  EXPECT_EQ(words, expected) << "ours stand last, and so count";
}

TEST(GridEngine, NamesTheJob) {
  EXPECT_EQ(grid_engine().submitted("123.1-40:1\n"), "123");
  for (const char* text :
       {"", "\n", "123\n", "123.1-40\n", "123.1-40:1\nand more\n", "-1.1-2:1\n",
        "Your job-array 123.1-40:1 (\"n\") has been submitted\n", "1.2-40:1\n"}) {
    EXPECT_EQ(grid_engine().submitted(text), std::nullopt) << text;
  }
}

constexpr char kHead[] =
    "<?xml version='1.0'?>\n<job_info  xmlns:xsd=\"http://example.org/qstat.xsd\">\n"
    "  <queue_info>\n";

std::string job(const std::string& number, const std::string& state, const std::string& queue,
                const std::string& tasks) {
  return "    <job_list state=\"any\">\n      <JB_job_number>" + number +
         "</JB_job_number>\n      <JB_name>&lt;state&gt;</JB_name>\n      <state>" + state +
         "</state>\n      <queue_name>" + queue + "</queue_name>\n      <slots>1</slots>\n" +
         "      <tasks>" + tasks + "</tasks>\n    </job_list>\n";
}

std::string answer(const std::string& running, const std::string& pending = "") {
  return kHead + running + "  </queue_info>\n  <job_info>\n" + pending +
         "  </job_info>\n</job_info>\n";
}

TEST(GridEngine, QueueSaysWhatRunsAndWhatWaits) {
  const auto tasks = grid_engine().queue(answer(
      job("12", "r", "all.q@n1.example.org", "3") + job("12", "dr", "all.q@n2", "4") +
          job("12", "S", "all.q@n2", "5"),
      job("12", "qw", "", "6-40:1") + job("13", "hqw", "", "1") + job("9", "Eqw", "", "1,2")));
  ASSERT_TRUE(tasks);
  ASSERT_EQ(tasks->size(), 6u);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ((*tasks)[i].phase, i < 3 ? TaskPhase::running : TaskPhase::waiting)
        << (*tasks)[i].state;
  }
  EXPECT_EQ((*tasks)[0].job, "12");
  EXPECT_EQ((*tasks)[0].index, "3");
  EXPECT_EQ((*tasks)[0].name, "&lt;state&gt;");
  EXPECT_EQ((*tasks)[0].node, "n1.example.org");
  EXPECT_EQ((*tasks)[3].index, "6-40:1");
  EXPECT_EQ(grid_engine().queue(answer(""))->size(), 0u);
}

TEST(GridEngine, QueueIsReadWholeOrNotAtAll) {
  const std::string whole = answer(job("12", "r", "all.q@n1", "3"), job("13", "qw", "", "1-2:1"));
  ASSERT_TRUE(grid_engine().queue(whole));
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    EXPECT_EQ(grid_engine().queue(whole.substr(0, size)), std::nullopt) << whole.substr(0, size);
  }
  for (const std::string& text :
       {std::string("error: unable to send message to qmaster\n"), "error: commlib\n" + whole,
        whole + "error: commlib\n", answer(job("x", "r", "all.q@n1", "3")),
        answer(job("12", "", "all.q@n1", "3")),
        answer("    <job_list state=\"any\">\n" + job("1", "r", "a@b", "1"))}) {
    EXPECT_EQ(grid_engine().queue(text), std::nullopt) << text;
  }
  const auto hostile = grid_engine().queue(answer(job("12", "r", "a@n\x1b[2J", "3")));
  ASSERT_TRUE(hostile);
  EXPECT_EQ((*hostile)[0].node, "n\\x1B[2J");
}

TEST(GridEngine, IsAskedForAllQueuesAndUsers) {
  const std::vector<std::string> expected = {"qstat", "-xml", "-u", "*", "-s", "prs", "-q", "*"};
  EXPECT_EQ(grid_engine().poll("n"), expected);
  EXPECT_EQ(grid_engine().cancel({"1", "2"}), (std::vector<std::string>{"qdel", "1", "2"}));
}

}  // namespace
}  // namespace harness
