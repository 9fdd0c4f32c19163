// Suites as a user runs them: many real boots at once.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "base/files.h"

#include "e2e/e2e.h"
#include "e2e/junit_schema.h"
#include "e2e/suite_testing.h"

namespace harness {
namespace {

TEST(Suite, MixedSetGetsEveryVerdictRightAndLeavesNothing) {
  const Suite suite({"tinyllama", "guest_panic", "triple_fault", "torn_line", "power_off", "hang"});
  const struct {
    const char *guest, *outcome, *verdict;
  } kinds[] = {{"tinyllama", "passed", "pass"},
               {"guest_panic", "failed", "panic"},
               {"triple_fault", "failed", "reset"},
               {"torn_line", "failed", "invalid_data"},
               {"power_off", "failed", "exit_unsignalled"},
               {"hang", "failed", "idle"}};
  for (const auto& kind : kinds) {
    for (int i = 0; i < 4; ++i) {
      suite.scenario(std::string(kind.guest) + "." + std::to_string(i), kind.guest);
    }
  }
  const CommandResult result = suite.run({"*.yaml", "-j", "4"});
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;  // invalid data is more serious than fail
  for (const auto& kind : kinds) {
    for (int i = 0; i < 4; ++i) {
      const fs::path reports =
          suite.folder / "reports" / (std::string(kind.guest) + "." + std::to_string(i));
      EXPECT_EQ(verdict_name(saved_record(reports).verdict.kind), kind.verdict) << reports;
      for (const char* file : {"report.md", "junit.xml", "serial.log"}) {
        EXPECT_TRUE(fs::exists(reports / file)) << reports / file;
      }
    }
  }
  EXPECT_TRUE(holds(suite.summary(), "\"passed\": 4")) << suite.summary();
  EXPECT_TRUE(holds(suite.summary(), "\"failed\": 20"));
  EXPECT_TRUE(holds(read_file(suite.folder / "reports/junit.xml"), "failures=\"16\" errors=\"4\""));
  EXPECT_TRUE(holds(result.output_tail, "FAIL  24 instances: 4 passed, 20 failed"));
  EXPECT_EQ(suite.qemus(), 0u);
  for (const auto& entry : fs::recursive_directory_iterator(suite.folder)) {
    EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
  }
}

TEST(Suite, MatrixMakesInstancesThatReplayByThemselves) {
  const Suite suite({"tinyllama"});
  std::ofstream(suite.folder / "m.yaml") << "name: m\nimage: {kernel: tinyllama.elf}\nboots: 1\n"
                                            "matrix: {model: [pc, q35], memory: [16M, 64M]}\n";
  EXPECT_EQ(suite.run({"m.yaml", "--list"}).output_tail,
            "m[model=pc,memory=16M]\nm[model=pc,memory=64M]\nm[model=q35,memory=16M]\n"
            "m[model=q35,memory=64M]\n");
  const CommandResult result = suite.run({"m.yaml", "-k", "q35", "-j", "2"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  const RunRecord record = saved_record(suite.folder / "reports/m-model=q35,memory=64M");
  EXPECT_EQ(record.scenario, "m[model=q35,memory=64M]");
  EXPECT_EQ(record.fingerprint.model, "q35");
  EXPECT_EQ(record.fingerprint.memory, 64u << 20);
  EXPECT_FALSE(fs::exists(suite.folder / "reports/m-model=pc,memory=16M"));
  EXPECT_EQ(uniharness({"replay", "reports/m-model=q35,memory=64M"}, suite.folder).exit_status, 0);
}

TEST(Suite, OnePlainScenarioIsNoSuite) {
  const Suite suite({"tinyllama"});
  suite.scenario("a", "tinyllama");
  EXPECT_EQ(suite.run({"a.yaml", "-j", "4"}).exit_status, 0);
  EXPECT_TRUE(fs::exists(suite.folder / "reports/a/report.md"));
  EXPECT_FALSE(fs::exists(suite.folder / "reports/summary.json"));
}

TEST(Suite, ShardsTogetherAreTheWhole) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b", "c", "d", "e"}) suite.scenario(name, "tinyllama");
  // What lies in the folder of reports of one machine, and not of the others, changes nothing.
  ASSERT_EQ(suite.run({"b.yaml", "d.yaml", "-j", "2", "--out", "used"}).exit_status, 0);
  const auto names = [&](std::vector<std::string> times) {
    std::multiset<std::string> all;
    for (const char* shard : {"1/3", "2/3", "3/3"}) {
      std::vector<std::string> words = {".", "--shard", shard, "--list"};
      words.insert(words.end(), times.begin(), times.end());
      if (*shard == '2') words.insert(words.end(), {"--out", "used"});
      std::istringstream lines(suite.run(words).output_tail);
      for (std::string name; std::getline(lines, name);) all.insert(name);
    }
    return all;
  };
  const std::multiset<std::string> whole = {"a", "b", "c", "d", "e"};
  EXPECT_EQ(names({}), whole);
  EXPECT_EQ(names({"--times", "used/summary.json"}), whole);
  EXPECT_EQ(suite.run({".", "--shard", "3/2"}).exit_status, 2);
  EXPECT_EQ(suite.run({".", "--times", "used/summary.json"}).exit_status, 2) << "of no shard";
  EXPECT_EQ(suite.run({".", "--shard", "1/2", "--times", "none.json"}).exit_status, 5);
  const CommandResult empty = suite.run({".", "--shard", "6/6"});
  EXPECT_EQ(empty.exit_status, 2) << "an empty part is no pass";
  EXPECT_TRUE(holds(empty.output_tail, "shard 6/6 is empty")) << empty.output_tail;
}

TEST(Suite, ShardsWithAFreshAndAUsedFolderRunEachInstanceOnce) {
  const Suite suite({"tinyllama", "hang"});
  std::multiset<std::string> whole;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    suite.scenario(name, "tinyllama");
    whole.insert(name);
  }
  // Of unlike length: balanced by these times, the second machine would make other parts.
  suite.scenario("a", "hang", "", "{wall: 5s, idle: 1s}");
  (void)suite.run({".", "-j", "2", "--out", "used"});
  suite.scenario("a", "tinyllama");
  EXPECT_EQ(suite.run({".", "--shard", "1/2", "--out", "fresh"}).exit_status, 0);
  EXPECT_EQ(suite.run({".", "--shard", "2/2", "--out", "used"}).exit_status, 0);
  std::multiset<std::string> ran;
  for (const char* out : {"fresh", "used"}) {
    const std::string text = read_file(suite.folder / out / "summary.json");
    for (const std::string& name : whole) {
      if (holds(text, "\"name\": \"" + name + "\"")) ran.insert(name);
    }
  }
  EXPECT_EQ(ran, whole);
}

TEST(Suite, WhatPassesOnlyWhenRunAgainIsFlaky) {
  const Suite suite({"tinyllama"});
  // A QEMU that is no QEMU the first time it is started, and the real one from then on.
  const CommandResult real = run_command({"sh", "-c", "command -v qemu-system-i386"}, "/");
  const std::string path = real.output_tail.substr(0, real.output_tail.find('\n'));
  fs::create_directories(suite.folder / "bin");
  std::ofstream(suite.folder / "bin/qemu-system-i386")
      << "#!/bin/sh\nmkdir " << suite.folder.string() << "/once 2>/dev/null && exit 1\nexec "
      << path << " \"$@\"\n";
  fs::permissions(suite.folder / "bin/qemu-system-i386", fs::perms::owner_all);
  suite.scenario("a", "tinyllama", "", "{wall: 20s}");
  const auto run = [&](std::vector<std::string> more) {
    fs::remove_all(suite.folder / "once");
    std::vector<std::string> command = {
        "env",
        "PATH=" + (suite.folder / "bin").string() + ":/usr/bin:/bin",
        UNIHARNESS_PROGRAM,
        "run",
        "a.yaml",
        "--retry",
        "2"};
    command.insert(command.end(), more.begin(), more.end());
    return run_command(command, suite.folder);
  };
  const CommandResult flaky = run({});
  EXPECT_EQ(flaky.exit_status, 1) << flaky.output_tail;
  EXPECT_TRUE(holds(flaky.output_tail, "1 flaky")) << flaky.output_tail;
  EXPECT_TRUE(holds(read_file(suite.folder / "reports/junit.xml"), "type=\"flaky\""));
  // The failure's reports stay, those of the retry stand below them.
  EXPECT_NE(saved_record(suite.folder / "reports/a").verdict.kind, VerdictKind::pass);
  EXPECT_EQ(saved_record(suite.folder / "reports/a/retry-1").verdict.kind, VerdictKind::pass);
  EXPECT_EQ(junit_file_fault(suite.folder / "reports/junit.xml"), "");
  EXPECT_EQ(run({"--allow-flaky"}).exit_status, 0);
  EXPECT_TRUE(holds(read_file(suite.folder / "reports/junit.xml"), "<flaky"));
  EXPECT_EQ(junit_file_fault(suite.folder / "reports/junit.xml"), "");
}

TEST(Suite, QuarantineCoversAKnownFailureUntilItsDay) {
  const Suite suite({"guest_panic"});
  suite.scenario("a", "guest_panic");
  const auto run_with = [&](const std::string& list) {
    std::ofstream(suite.folder / "known.txt") << list;
    return suite.run({"a.yaml", "--quarantine", "known.txt"});
  };
  const CommandResult covered = run_with("- {name: a, reason: issue 12, until: 2999-12-31}\n");
  EXPECT_EQ(covered.exit_status, 0) << covered.output_tail;
  EXPECT_TRUE(holds(covered.output_tail, "QUARANTINED  a")) << covered.output_tail;
  const CommandResult over = run_with("- {name: a, reason: issue 12, until: 2001-12-31}\n");
  EXPECT_EQ(over.exit_status, 1);
  EXPECT_TRUE(holds(over.output_tail, "has no effect")) << over.output_tail;
  EXPECT_EQ(run_with("- {name: a, until: 2999-12-31}\n").exit_status, 2);
}

TEST(Suite, MissingImageFailsItsInstanceAlone) {
  const Suite suite({"tinyllama"});
  suite.scenario("a", "tinyllama");
  suite.scenario("b", "nonesuch");
  const CommandResult result = suite.run({".", "-j", "2"});
  EXPECT_EQ(result.exit_status, 3) << result.output_tail;
  EXPECT_TRUE(holds(result.output_tail, "1 passed, 1 failed")) << result.output_tail;
}

TEST(Suite, MistakesInAnyFileStopItBeforeABoot) {
  const Suite suite({"tinyllama"});
  suite.scenario("a", "tinyllama");
  suite.scenario("b", "tinyllama", "bots: 1\n");
  const CommandResult result = suite.run({"a.yaml", "b.yaml"});
  EXPECT_EQ(result.exit_status, 2) << result.output_tail;
  EXPECT_FALSE(fs::exists(suite.folder / "reports"));
  EXPECT_EQ(suite.run({"a.yaml", "-k", "nothing"}).exit_status, 2);
}

/// Starts a suite of the scenarios that are there and six guests that hang, and waits until four of
/// their QEMUs run. Its output is in said.txt.
pid_t start_hanging(const Suite& suite) {
  for (int i = 0; i < 6; ++i) {
    suite.scenario("h" + std::to_string(i), "hang", "", "{wall: 5m, idle: 5m}");
  }
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(suite.folder.c_str()) != 0) _exit(99);
    const int said = open("said.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(said, 1);
    dup2(said, 2);
    execl(UNIHARNESS_PROGRAM, UNIHARNESS_PROGRAM, "run", "*.yaml", "-j", "4", nullptr);
    _exit(98);
  }
  for (int i = 0; i < 1500 && suite.qemus() < 4; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(suite.qemus(), 4u);
  return child;
}

/// Waits, at most half a minute, until there is such a file.
bool appeared(const fs::path& file) {
  for (int i = 0; i < 1500 && !fs::exists(file); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return fs::exists(file);
}

int interrupt(pid_t child) {
  kill(child, SIGINT);
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST(SuiteInterrupt, BeforeAnythingEndedLeavesNoQemuAndThePlanAlone) {
  const Suite suite({"hang"});
  const pid_t child = start_hanging(suite);
  // By then they have told that they run, which makes folders.
  for (const char* name : {"h0", "h1", "h2", "h3"}) {
    EXPECT_TRUE(appeared(suite.folder / "reports" / name / "status.json")) << name;
  }
  EXPECT_EQ(interrupt(child), 130);
  EXPECT_EQ(suite.qemus(), 0u);
  // The plan is all that is left: by it the suite can be gone on with.
  std::set<std::string> left;
  for (const auto& entry : fs::recursive_directory_iterator(suite.folder / "reports")) {
    left.insert(entry.path().filename());
  }
  EXPECT_EQ(left, (std::set<std::string>{".suite.lock", "plan.json"}));
}
TEST(SuiteInterrupt, KeepsWhatWasDone) {
  const Suite suite({"tinyllama", "hang"});
  suite.scenario("a", "tinyllama");
  const pid_t child = start_hanging(suite);
  EXPECT_TRUE(appeared(suite.folder / "reports/a/record.json"));
  EXPECT_EQ(interrupt(child), 130);
  EXPECT_EQ(suite.qemus(), 0u);
  const std::string said = read_file(suite.folder / "said.txt");
  EXPECT_TRUE(holds(said, "INTERRUPTED  7 instances: 1 passed, 6 not run")) << said;
  const std::string summary = read_file(suite.folder / "reports/summary.json");
  EXPECT_TRUE(holds(summary, "\"not_run\"")) << summary;
  EXPECT_EQ(junit_file_fault(suite.folder / "reports/junit.xml"), "");
}
TEST(SuiteInterrupt, KilledHarnessTakesAllItsQemusWithIt) {
  const Suite suite({"hang"});
  const pid_t child = start_hanging(suite);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  for (int i = 0; i < 500 && suite.qemus() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(suite.qemus(), 0u);
}

}  // namespace
}  // namespace harness
