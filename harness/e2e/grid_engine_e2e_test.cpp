// A suite that a real Grid Engine runs: one that ci/gridengine.sh starts in namespaces of its own,
// for each test anew.
#include <csignal>

#include "base/folder_testing.h"
#include "e2e/cluster_testing.h"

namespace harness {
namespace {

/// One node with two slots. `largest`: how many tasks an array may have.
class OnGridEngine : public testing::Test {
 protected:
  explicit OnGridEngine(const char* largest = "75000") : largest_(largest) {}

  void SetUp() override {
    const CommandResult up = run_command({script(), "up", engine_.string(), "2", largest_}, "/");
    constexpr int kCannot = 77;
    if (up.exit_status == kCannot) GTEST_SKIP() << up.output_tail;
    started_ = true;
    ASSERT_EQ(up.exit_status, 0) << up.output_tail;
  }
  void TearDown() override {
    if (!started_) return;
    const CommandResult down = run_command({script(), "down", engine_.string()}, "/");
    EXPECT_EQ(down.exit_status, 0) << down.output_tail;
  }

  static std::string script() { return std::string(UNIHARNESS_SOURCE_DIR) + "/ci/gridengine.sh"; }
  [[nodiscard]] std::vector<std::string> inside() const {
    return {script(), "in", engine_.string()};
  }
  [[nodiscard]] CommandResult command(const std::vector<std::string>& words) const {
    std::vector<std::string> all = inside();
    all.insert(all.end(), words.begin(), words.end());
    return run_command(all, "/");
  }
  void tell(const char* word) const {
    const CommandResult told = run_command({script(), word, engine_.string()}, "/");
    EXPECT_EQ(told.exit_status, 0) << told.output_tail;
  }
  /// Whether qstat answers, and names no job.
  [[nodiscard]] bool queue_is_empty() const {
    const CommandResult asked = command({"qstat"});
    return asked.exit_status == 0 && asked.output_tail.empty();
  }

  TestFolder own_;
  fs::path engine_ = own_.path;

 private:
  const char* largest_;
  bool started_ = false;
};

/// Arrays have at most three tasks.
class OnGridEngineOfSmallArrays : public OnGridEngine {
 protected:
  OnGridEngineOfSmallArrays() : OnGridEngine("3") {}
};

TEST_F(OnGridEngine, ASuiteEndsAsOnOneMachine) {
  const ClusterSuiteFolder suite(6, inside());
  const CommandResult one = suite.run({".", "--out", "one", "-j", "2", "-q"});
  EXPECT_EQ(one.exit_status, 1) << one.output_tail;
  const CommandResult many = suite.run({".", "--on", "gridengine", "-j", "2", "--out", "many",
                                        "--submit", "-q", "--submit", "all.q"});
  EXPECT_EQ(many.exit_status, 1) << many.output_tail;
  EXPECT_TRUE(holds(many.output_tail, "2 parts, 2 at a time")) << many.output_tail;
  EXPECT_EQ(outcomes(suite.summary("many")), outcomes(suite.summary("one")));
  EXPECT_EQ(outcomes(suite.summary("many")).size(), 6u);
  for (const char* file : {"junit.xml", "summary.md", "index.html", "s13/report.html"}) {
    EXPECT_TRUE(fs::exists(suite.folder / "many" / file)) << file;
  }
  const CommandResult refused = suite.run(
      {".", "--on", "gridengine", "-j", "2", "--out", "x", "--submit", "-q", "--submit", "none.q"});
  EXPECT_EQ(refused.exit_status, 3) << refused.output_tail;
  EXPECT_TRUE(holds(refused.output_tail, "Unable to run job")) << refused.output_tail;
}

TEST_F(OnGridEngine, CtrlCCancelsAndKeepsWhatHasCome) {
  ClusterSuiteFolder suite(4, inside());
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "gridengine", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGINT);
  EXPECT_EQ(exit_status_of(client), 130) << text_of(suite.folder / "client.log");
  EXPECT_EQ(suite.summary("out").at("exit_status"), 130);
  EXPECT_TRUE(holds(read_file(suite.folder / "out/summary.md"), "the jobs were cancelled"));
  EXPECT_TRUE(within_a_minute([&] { return queue_is_empty(); })) << "the job was cancelled";
  suite.let_go();
  expect_all_come(suite, "gridengine", 4);
}

TEST_F(OnGridEngine, AJobOutlivesItsClientAndIsFollowedLater) {
  ClusterSuiteFolder suite(4, inside());
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "gridengine", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGKILL);
  (void)exit_status_of(client);
  EXPECT_FALSE(queue_is_empty());
  expect_still_queued(suite, "gridengine");
  suite.let_go();
  expect_all_come(suite, "gridengine", 4);
  EXPECT_EQ(suite.reached(4).size(), 4u) << "nothing was begun twice";
}

TEST_F(OnGridEngine, WhatIsTakenOutOfTheQueueIsLost) {
  ClusterSuiteFolder suite(4, inside());
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "gridengine", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  EXPECT_EQ(command({"qdel", "uniharness-*"}).exit_status, 0);
  EXPECT_EQ(exit_status_of(client), 3) << text_of(suite.folder / "client.log");
  EXPECT_EQ(outcomes(suite.summary("out")).front(), "s10 lost");
}

TEST_F(OnGridEngine, AControllerThatIsAwayIsWaitedFor) {
  ClusterSuiteFolder suite(4, inside());
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "gridengine", "-j", "2", "--out", "out"}, "told");
  ASSERT_EQ(suite.reached(2).size(), 2u);
  tell("kill-controller");
  EXPECT_TRUE(within_a_minute(
      [&] { return holds(text_of(suite.folder / "told"), "gridengine does not say what runs"); }));
  EXPECT_EQ(waitpid(client, nullptr, WNOHANG), 0) << "what is not known is not gone";
  suite.let_go();
  tell("controller");
  EXPECT_EQ(exit_status_of(client), 1) << text_of(suite.folder / "told");
  EXPECT_EQ(outcomes(suite.summary("out")).size(), 4u);
}

TEST_F(OnGridEngineOfSmallArrays, SeveralArraysRunOneAfterTheOther) {
  const ClusterSuiteFolder suite(9, inside());
  const CommandResult planned = run_command(
      {UNIHARNESS_PROGRAM, "plan", ".", "--parts", "8", "-o", "plan.json"}, suite.folder);
  ASSERT_EQ(planned.exit_status, 0) << planned.output_tail;
  const CommandResult many =
      suite.run({"--plan", "plan.json", "--on", "gridengine", "-j", "2", "--out", "many"});
  EXPECT_EQ(many.exit_status, 1) << many.output_tail;
  EXPECT_TRUE(holds(many.output_tail, "9 instances: 8 passed, 1 failed")) << many.output_tail;
  const auto job = nlohmann::json::parse(read_file(suite.folder / "many/.cluster/job.json"));
  EXPECT_EQ(job.at("jobs").size(), 3u) << job;
}

}  // namespace
}  // namespace harness
