// A suite that a real Slurm runs: one that ci/slurm.sh starts on loopback, for each test its own.
#include <sched.h>
#include <sys/wait.h>

#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/folder_testing.h"
#include "commands/cluster_suite.h"
#include "e2e/cluster_testing.h"
#include "e2e/e2e.h"
#include "e2e/suite_testing.h"

namespace harness {
namespace {

/// The ids of processes that run with that configuration.
std::string processes_left(const fs::path& configuration) {
  const std::string entry = "SLURM_CONF=" + configuration.string();
  std::string ids;
  std::error_code error;
  for (const auto& process : fs::directory_iterator("/proc", error)) {
    std::ifstream environment(process.path() / "environ", std::ios::binary);
    for (std::string one; std::getline(environment, one, '\0');) {
      if (one == entry) ids += process.path().filename().string() + " ";
    }
  }
  return ids;
}

/// A Slurm of its own for each test, of three nodes with two processors each: n1, n2, n3.
class OnSlurm : public testing::Test {
 protected:
  OnSlurm() = default;
  /// `lines`: of slurm.conf. `patience`: seconds until a node that is silent is given up.
  OnSlurm(std::vector<std::string> lines, const char* patience)
      : lines_(std::move(lines)), patience_(patience) {}

  void SetUp() override {
    std::vector<std::string> words = {
        "env", std::string("PATIENCE=") + patience_, script(), "up", slurm_.string(), "3", "2"};
    words.insert(words.end(), lines_.begin(), lines_.end());
    constexpr int kCannot = 77;
    const CommandResult up = run_command(words, "/");
    if (up.exit_status == kCannot) GTEST_SKIP() << up.output_tail;
    started_ = true;
    ASSERT_EQ(up.exit_status, 0) << up.output_tail;
    setenv("SLURM_CONF", (slurm_ / "slurm.conf").c_str(), 1);
  }
  void TearDown() override {
    if (!started_) return;
    run_command({script(), "down", slurm_.string()}, "/");
    EXPECT_EQ(processes_left(slurm_ / "slurm.conf"), "") << "its daemons, jobs or their watchers";
  }

  static std::string script() { return std::string(UNIHARNESS_SOURCE_DIR) + "/ci/slurm.sh"; }
  void tell(const char* word, const std::string& node) const {
    const CommandResult told = run_command({script(), word, slurm_.string(), node}, "/");
    EXPECT_EQ(told.exit_status, 0) << told.output_tail;
  }

  // Its sockets' names must be short.
  TestFolder own_;
  fs::path slurm_ = own_.path;

 private:
  std::vector<std::string> lines_;
  const char* patience_ = "60";
  bool started_ = false;
};

/// Its nodes are given up after seconds. On a busy machine that happens to good ones, too.
class OnSlurmThatLosesNodes : public OnSlurm {
 protected:
  OnSlurmThatLosesNodes() : OnSlurm({}, "5") {}
};

/// Arrays have at most three tasks.
class OnSlurmOfSmallArrays : public OnSlurm {
 protected:
  OnSlurmOfSmallArrays() : OnSlurm({"MaxArraySize=4"}, "60") {}
};

std::size_t queued() {
  const std::string text = run_command({"squeue", "--noheader"}, "/").output_tail;
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(ClusterQueue, IsGoneOnlyWhereTheEngineSaysSo) {
  using Words = std::vector<std::string>;
  ClusterDriver engine = cluster_driver("slurm");
  const JobFile job{.engine = "slurm", .plan_sha256 = "", .name = "ours", .jobs = {"12", "13"}};
  const auto is_gone = [&](Words (*poll)(const std::string&)) {
    engine.poll = poll;
    return ask_queue(engine, job, OnInterrupt::go_on).is_gone();
  };
  EXPECT_TRUE(is_gone([](const std::string&) { return Words{"true"}; }));
  EXPECT_TRUE(is_gone(
      [](const std::string&) { return Words{"echo", "12|1|COMPLETED|n1|x\n9|1|RUNNING|n1|x"}; }));
  EXPECT_FALSE(is_gone([](const std::string&) { return Words{"false"}; }));
  EXPECT_FALSE(is_gone([](const std::string&) { return Words{"sh", "-c", "kill -9 $$"}; }));
  EXPECT_FALSE(is_gone(
      [](const std::string&) { return Words{"echo", "Unable to contact slurm controller"}; }));
  EXPECT_FALSE(is_gone([](const std::string&) { return Words{"echo", "13|[2-9]|PENDING||x"}; }));
  EXPECT_FALSE(is_gone([](const std::string& name) {
    return Words{"echo", "9|1|RUNNING|n1|" + name};
  })) << "a job whose number was never written down";
}

TEST_F(OnSlurm, ASuiteEndsAsOnOneMachine) {
  const ClusterSuiteFolder suite(9);
  const CommandResult one = suite.run({".", "--out", "one", "-j", "2", "-q"});
  EXPECT_EQ(one.exit_status, 1) << one.output_tail;
  const CommandResult many =
      suite.run({".", "--on", "slurm", "-j", "4", "--out", "many", "--submit", "--partition=all"});
  EXPECT_EQ(many.exit_status, 1) << many.output_tail;
  EXPECT_TRUE(holds(many.output_tail, "4 parts, 4 at a time")) << many.output_tail;
  EXPECT_EQ(outcomes(suite.summary("many")), outcomes(suite.summary("one")));
  EXPECT_EQ(outcomes(suite.summary("many")).size(), 9u);
  for (const char* file : {"junit.xml", "summary.md", "index.html", "s13/report.html"}) {
    EXPECT_TRUE(fs::exists(suite.folder / "many" / file)) << file;
  }
  const CommandResult refused =
      suite.run({".", "--on", "slurm", "-j", "4", "--out", "x", "--slurm", "--partition=none"});
  EXPECT_EQ(refused.exit_status, 3) << refused.output_tail;
  EXPECT_TRUE(holds(refused.output_tail, "invalid partition specified")) << refused.output_tail;
}

TEST_F(OnSlurm, CtrlCCancelsAndKeepsWhatHasCome) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGINT);
  EXPECT_EQ(exit_status_of(client), 130);
  EXPECT_EQ(suite.summary("out").at("exit_status"), 130);
  EXPECT_TRUE(within_a_minute([] { return queued() == 0; })) << "the job was cancelled";
  suite.let_go();
  expect_all_come(suite, "slurm", 6);
}

TEST_F(OnSlurm, AJobOutlivesItsClientAndIsFollowedLater) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGKILL);
  (void)exit_status_of(client);
  EXPECT_GT(queued(), 0u);
  expect_still_queued(suite, "slurm");
  suite.let_go();
  expect_all_come(suite, "slurm", 6);
  EXPECT_EQ(suite.reached(6).size(), 6u) << "nothing was begun twice";
}

TEST_F(OnSlurm, AJobThatWasHandedInAsItsClientDiedIsFoundByItsName) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  // The job is in the queue, and the client does not know its number yet.
  std::string real = run_command({"sh", "-c", "command -v sbatch"}, "/").output_tail;
  real.resize(real.find('\n'));
  std::ofstream(suite.folder / "bin/sbatch") << "#!/bin/sh\n"
                                             << real << " \"$@\"\nexec sleep 1000\n";
  fs::permissions(suite.folder / "bin/sbatch", fs::perms::owner_all);
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGKILL);
  (void)exit_status_of(client);
  fs::remove(suite.folder / "bin/sbatch");
  expect_still_queued(suite, "slurm");
  suite.let_go();
  expect_all_come(suite, "slurm", 6);
  EXPECT_EQ(suite.reached(6).size(), 6u) << "nothing was begun twice";
}

TEST_F(OnSlurmThatLosesNodes, WhatADeadNodeRanIsRunElsewhere) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  const std::string node = suite.reached(2).front();
  ASSERT_NE(node, "");
  tell("kill-node", node);
  suite.let_go();
  EXPECT_EQ(exit_status_of(client), 1);
  const std::vector<std::string> all = outcomes(suite.summary("out"));
  EXPECT_EQ(all.size(), 6u);
  EXPECT_EQ(std::ranges::count(all, "s13 failed"), 1);
  EXPECT_EQ(suite.summary("out").at("exit_status"), 1);
}

TEST_F(OnSlurm, WhatIsTakenOutOfTheQueueIsLost) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  run_command({"scancel", "--partition=all"}, "/");
  EXPECT_EQ(exit_status_of(client), 3);
  EXPECT_EQ(outcomes(suite.summary("out")).front(), "s10 lost");
  suite.let_go();

  // This machine runs it in place of the cluster, and from there on it is not lost again.
  ASSERT_TRUE(within_a_minute([] { return queued() == 0; }));
  // One more may have begun when the first two were gone and the rest not yet.
  const std::size_t on_cluster = suite.reached(2).size();
  EXPECT_EQ(suite.run({"--resume", "out", "-q"}).exit_status, 1);
  expect_all_come(suite, "slurm", 6);
  EXPECT_EQ(suite.reached(on_cluster + 6).size(), on_cluster + 6) << "all six here, none again";
}

TEST_F(OnSlurm, AControllerThatIsAwayIsWaitedFor) {
  ClusterSuiteFolder suite(4);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out"}, "told");
  ASSERT_EQ(suite.reached(2).size(), 2u);
  const std::string pid = read_file(slurm_ / "controller.pid");
  kill(static_cast<pid_t>(std::stol(pid)), SIGKILL);
  EXPECT_TRUE(within_a_minute(
      [&] { return holds(text_of(suite.folder / "told"), "slurm does not say what runs"); }));
  EXPECT_EQ(waitpid(client, nullptr, WNOHANG), 0) << "what is not known is not gone";
  suite.let_go();
  EXPECT_EQ(exit_status_of(client), 1) << "the results came all the same";
  EXPECT_EQ(run_command({"slurmctld"}, "/").exit_status, 0);
}

TEST_F(OnSlurmThatLosesNodes, WhatRunsOnOnANodeThatWasGivenUpIsWaitedFor) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  const std::string node = suite.reached(2).front();
  tell("freeze-node", node);
  // Slurm begins its part again elsewhere, and that one finds the part taken.
  const fs::path state = suite.folder / "out/.cluster";
  EXPECT_TRUE(within_a_minute([&] {
    return holds(text_of(state / "part-1.log") + text_of(state / "part-2.log"),
                 "another suite is running");
  }));
  EXPECT_EQ(waitpid(client, nullptr, WNOHANG), 0) << "something of it still runs";
  suite.let_go();
  EXPECT_EQ(exit_status_of(client), 1) << text_of(suite.folder / "client.log");
  EXPECT_EQ(outcomes(suite.summary("out")).size(), 6u);
  EXPECT_EQ(suite.summary("out").at("exit_status"), 1);
  EXPECT_EQ(suite.reached(6).size(), 6u) << "nothing was begun twice";
}

TEST_F(OnSlurmOfSmallArrays, SeveralArraysRunOneAfterTheOther) {
  const ClusterSuiteFolder suite(9);
  const CommandResult planned = run_command(
      {UNIHARNESS_PROGRAM, "plan", ".", "--parts", "8", "-o", "plan.json"}, suite.folder);
  ASSERT_EQ(planned.exit_status, 0) << planned.output_tail;
  const CommandResult many =
      suite.run({"--plan", "plan.json", "--on", "slurm", "-j", "2", "--out", "many"});
  EXPECT_EQ(many.exit_status, 1) << many.output_tail;
  EXPECT_TRUE(holds(many.output_tail, "8 parts, 2 at a time")) << many.output_tail;
  EXPECT_TRUE(holds(many.output_tail, "9 instances: 8 passed, 1 failed")) << many.output_tail;
  const auto job = nlohmann::json::parse(read_file(suite.folder / "many/.cluster/job.json"));
  EXPECT_EQ(job.at("jobs").size(), 3u) << job;
}

TEST_F(OnSlurm, TimesOfUnlikeNodesAreNotComparedAndCountsAre) {
  cpu_set_t usable;
  ASSERT_EQ(sched_getaffinity(0, sizeof usable, &usable), 0);
  if (CPU_COUNT(&usable) < 2) GTEST_SKIP() << "one processor cannot look like two kinds of hosts";
  int first = 0;
  while (!CPU_ISSET(first, &usable)) ++first;
  const CommandResult begun = run_command(
      {script(), "node", slurm_.string(), "n2", "taskset", "-c", std::to_string(first)}, "/");
  ASSERT_EQ(begun.exit_status, 0) << begun.output_tail;
  const ClusterSuiteFolder suite(2);
  for (const char* clock : {"host", "counted"}) {
    for (const char* node : {"n1", "n2"}) {
      const CommandResult ran = suite.run({".", "--on", "slurm", "-j", "1", "--clock", clock,
                                           "--boots", "2", "--out", std::string(clock) + "-" + node,
                                           "-q", "--slurm", std::string("--nodelist=") + node});
      EXPECT_EQ(ran.exit_status, 0) << ran.output_tail;
    }
  }
  const auto record = [&](const char* out) {
    return nlohmann::json::parse(read_file(suite.folder / out / "s10/record.json"));
  };
  EXPECT_EQ(record("host-n1").at("host").at("node"), "n1");
  EXPECT_EQ(record("host-n2").at("host").at("node"), "n2");
  EXPECT_EQ(record("host-n2").at("host").at("processors"), 1);
  EXPECT_TRUE(
      holds(record("host-n2").at("fingerprint").at("host").get<std::string>(), "1 processor"));
  const auto compared = [&](const std::string& clock) {
    return run_command({UNIHARNESS_PROGRAM, "compare", clock + "-n1/s10", clock + "-n2/s10"},
                       suite.folder);
  };
  EXPECT_EQ(compared("host").exit_status, 5);
  EXPECT_TRUE(holds(compared("host").output_tail, "measured under other conditions: host: "));
  EXPECT_EQ(compared("counted").exit_status, 0) << compared("counted").output_tail;
}

}  // namespace
}  // namespace harness
