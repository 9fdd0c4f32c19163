// A suite that a real Slurm runs. UNIHARNESS_SLURM_UP names a folder with the scripts
//   slurm-up.sh DIR NODES CPUS PORT    starts one on loopback whose nodes are n1, n2, ..., and
//                                      leaves DIR/slurm.conf, DIR/ctld.pid and DIR/slurmd-n1.pid
//   slurm-kill-node.sh DIR NODE        as if that node lost its power
//   slurm-down.sh DIR                  ends it
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/folder_testing.h"
#include "commands/cluster_suite.h"
#include "e2e/e2e.h"
#include "e2e/suite_testing.h"

namespace harness {
namespace {

/// A Slurm of its own for each test.
class Slurm : public testing::Test {
 protected:
  void SetUp() override {
    const char* const scripts = std::getenv("UNIHARNESS_SLURM_UP");
    if (scripts == nullptr || !fs::exists(fs::path(scripts) / "slurm-up.sh")) {
      GTEST_SKIP() << "UNIHARNESS_SLURM_UP names no folder with slurm-up.sh";
    }
    for (const char* program : {"sbatch", "slurmctld", "slurmd", "munged"}) {
      if (run_command({"sh", "-c", std::string("command -v ") + program}, "/").exit_status != 0) {
        GTEST_SKIP() << program << " is not installed";
      }
    }
    scripts_ = scripts;
    // A daemon's ports: tests may run side by side.
    const int port = 20000 + static_cast<int>(getpid() % 1000) * 20;
    const CommandResult up =
        run_command({"env", "SLURMD_TIMEOUT=5", "CRED_EXPIRE=5", scripts_ / "slurm-up.sh",
                     slurm_.string(), "3", "2", std::to_string(port)},
                    "/");
    started_ = true;
    ASSERT_EQ(up.exit_status, 0) << up.output_tail;
    setenv("SLURM_CONF", (slurm_ / "slurm.conf").c_str(), 1);
  }
  void TearDown() override {
    if (started_) run_command({scripts_ / "slurm-down.sh", slurm_.string()}, "/");
  }

  void kill_node(const std::string& node) const {
    run_command({scripts_ / "slurm-kill-node.sh", slurm_.string(), node}, "/");
  }

  // Its sockets' names must be short.
  TestFolder own_;
  fs::path slurm_ = own_.path;

 private:
  fs::path scripts_;
  bool started_ = false;
};

struct ClusterSuiteFolder {
  fs::path folder = fresh_folder();
  std::string path = "PATH=" + std::string(std::getenv("PATH"));

  explicit ClusterSuiteFolder(int count) {
    fs::create_directories(folder / "bin");
    for (const char* guest : {"tinyllama", "guest_panic"}) {
      const std::string file = std::string(guest) + ".elf";
      fs::copy_file(fs::path(UNIHARNESS_IMAGES) / file, folder / file);
    }
    for (int i = 0; i < count; ++i) {
      const std::string name = "s" + std::to_string(10 + i);
      std::ofstream(folder / (name + ".yaml"))
          << "name: " << name << "\nimage: {kernel: " << (i == 3 ? "guest_panic" : "tinyllama")
          << ".elf}\nboots: 1\nmachine: {model: pc, vga: false}\nlimits: {wall: 10m, idle: 10m}\n";
    }
  }

  /// From now on each guest waits while there is a file `held`.
  void hold_guests() {
    const std::string real =
        run_command({"sh", "-c", "command -v qemu-system-i386"}, "/").output_tail;
    std::ofstream(folder / "held") << "";
    std::ofstream(folder / "bin/qemu-system-i386")
        << "#!/bin/sh\necho $SLURMD_NODENAME >> " << (folder / "reached").string()
        << "\nwhile [ -e " << (folder / "held").string() << " ]; do sleep 0.1; done\nexec "
        << real.substr(0, real.find('\n')) << " \"$@\"\n";
    fs::permissions(folder / "bin/qemu-system-i386", fs::perms::owner_all);
    path = "PATH=" + (folder / "bin").string() + ":" + std::getenv("PATH");
  }
  void let_go() const { fs::remove(folder / "held"); }

  [[nodiscard]] std::vector<std::string> words(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"env", path, UNIHARNESS_PROGRAM, "run"});
    return arguments;
  }
  [[nodiscard]] CommandResult run(const std::vector<std::string>& arguments) const {
    return run_command(words(arguments), folder);
  }
  /// `told`: a file for what it prints.
  [[nodiscard]] pid_t start(const std::vector<std::string>& arguments,
                            const std::string& told = "client.log") const {
    std::vector<std::string> all = words(arguments);
    const std::string script = "exec \"$@\" > " + told + " 2>&1";
    all.insert(all.begin(), {"sh", "-c", script, "sh"});
    const pid_t child = fork();
    if (child == 0) {
      std::vector<char*> pointers;
      for (const std::string& word : all) pointers.push_back(const_cast<char*>(word.c_str()));
      pointers.push_back(nullptr);
      if (chdir(folder.c_str()) != 0) _exit(99);
      execvp(pointers[0], pointers.data());
      _exit(98);
    }
    return child;
  }
  /// Lines of `reached`: a guest was to begin on these nodes. Waits until there are so many.
  [[nodiscard]] std::vector<std::string> reached(std::size_t count) const {
    std::vector<std::string> nodes;
    for (int i = 0; i < 1500 && nodes.size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      nodes.clear();
      std::ifstream in(folder / "reached");
      for (std::string node; std::getline(in, node);) nodes.push_back(node);
    }
    EXPECT_GE(nodes.size(), count);
    return nodes;
  }
  [[nodiscard]] nlohmann::json summary(const char* out) const {
    return nlohmann::json::parse(read_file(folder / out / "summary.json"));
  }
};

int exit_status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Name, outcome and verdict of each instance: what does not depend on who ran it.
std::vector<std::string> outcomes(const nlohmann::json& summary) {
  std::vector<std::string> all;
  for (const auto& one : summary.at("instances")) {
    all.push_back(one.at("name").get<std::string>() + " " + one.at("outcome").get<std::string>());
  }
  return all;
}

std::size_t queued() {
  const std::string text = run_command({"squeue", "--noheader"}, "/").output_tail;
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(ClusterQueue, IsGoneOnlyWhereTheEngineSaysSo) {
  using Words = std::vector<std::string>;
  ClusterDriver engine = cluster_driver("slurm");
  const auto is_gone = [&](Words (*poll)()) {
    engine.poll = poll;
    return ask_queue(engine, {"12", "13"}, OnInterrupt::go_on).is_gone();
  };
  EXPECT_TRUE(is_gone([] { return Words{"true"}; }));
  EXPECT_TRUE(is_gone([] { return Words{"echo", "12|1|COMPLETED|n1\n9|1|RUNNING|n1"}; }));
  EXPECT_FALSE(is_gone([] { return Words{"false"}; }));
  EXPECT_FALSE(is_gone([] { return Words{"sh", "-c", "kill -9 $$"}; }));
  EXPECT_FALSE(is_gone([] { return Words{"echo", "Unable to contact slurm controller"}; }));
  EXPECT_FALSE(is_gone([] { return Words{"echo", "13|[2-9]|PENDING|"}; }));
}

TEST_F(Slurm, ASuiteEndsAsOnOneMachine) {
  const ClusterSuiteFolder suite(9);
  const CommandResult one = suite.run({".", "--out", "one", "-j", "2", "-q"});
  EXPECT_EQ(one.exit_status, 1) << one.output_tail;
  const CommandResult many =
      suite.run({".", "--on", "slurm", "-j", "4", "--out", "many", "--slurm", "--partition=all"});
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

TEST_F(Slurm, CtrlCCancelsAndKeepsWhatHasCome) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGINT);
  EXPECT_EQ(exit_status_of(client), 130);
  EXPECT_EQ(suite.summary("out").at("exit_status"), 130);
  for (int i = 0; i < 600 && queued() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(queued(), 0u) << "the job was cancelled";
  suite.let_go();
  const CommandResult resumed = suite.run({"--on", "slurm", "--resume", "out"});
  EXPECT_EQ(resumed.exit_status, 1) << resumed.output_tail;
  EXPECT_TRUE(holds(resumed.output_tail, "6 instances: 5 passed, 1 failed")) << resumed.output_tail;
}

TEST_F(Slurm, AJobOutlivesItsClientAndIsFollowedLater) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  kill(client, SIGKILL);
  (void)exit_status_of(client);
  EXPECT_GT(queued(), 0u);
  const CommandResult again = suite.run({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  EXPECT_EQ(again.exit_status, 3) << again.output_tail;
  EXPECT_TRUE(holds(again.output_tail, "is still in the queue")) << again.output_tail;
  suite.let_go();
  const CommandResult resumed = suite.run({"--on", "slurm", "--resume", "out"});
  EXPECT_EQ(resumed.exit_status, 1) << resumed.output_tail;
  EXPECT_TRUE(holds(resumed.output_tail, "6 instances: 5 passed, 1 failed")) << resumed.output_tail;
  EXPECT_EQ(suite.reached(6).size(), 6u) << "nothing was begun twice";
}

TEST_F(Slurm, WhatADeadNodeRanIsRunElsewhere) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  const std::string node = suite.reached(2).front();
  ASSERT_NE(node, "");
  kill_node(node);
  suite.let_go();
  EXPECT_EQ(exit_status_of(client), 1);
  const std::vector<std::string> all = outcomes(suite.summary("out"));
  EXPECT_EQ(all.size(), 6u);
  EXPECT_EQ(std::ranges::count(all, "s13 failed"), 1);
  EXPECT_EQ(suite.summary("out").at("exit_status"), 1);
}

TEST_F(Slurm, WhatIsTakenOutOfTheQueueIsLost) {
  ClusterSuiteFolder suite(6);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out", "-q"});
  ASSERT_EQ(suite.reached(2).size(), 2u);
  run_command({"scancel", "--name=uniharness"}, "/");
  EXPECT_EQ(exit_status_of(client), 3);
  EXPECT_EQ(outcomes(suite.summary("out")).front(), "s10 lost");
  suite.let_go();
}

TEST_F(Slurm, AControllerThatIsAwayIsWaitedFor) {
  ClusterSuiteFolder suite(4);
  suite.hold_guests();
  const pid_t client = suite.start({".", "--on", "slurm", "-j", "2", "--out", "out"}, "told");
  ASSERT_EQ(suite.reached(2).size(), 2u);
  const std::string pid = read_file(slurm_ / "ctld.pid");
  kill(static_cast<pid_t>(std::stol(pid)), SIGKILL);
  for (int i = 0; i < 3000 && !holds(read_file(suite.folder / "told"), "does not say"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(holds(read_file(suite.folder / "told"), "slurm does not say what runs"));
  EXPECT_EQ(waitpid(client, nullptr, WNOHANG), 0) << "what is not known is not gone";
  suite.let_go();
  EXPECT_EQ(exit_status_of(client), 1) << "the results came all the same";
  EXPECT_EQ(run_command({"slurmctld"}, "/").exit_status, 0);
}

}  // namespace
}  // namespace harness
