// Suites that several processes run: plans, parts, merging, resuming.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <regex>
#include <thread>

#include "e2e/e2e.h"
#include "e2e/junit_schema.h"
#include "e2e/suite_testing.h"

namespace harness {
namespace {

/// Runs the program in the folder of the suite.
CommandResult in(const Suite& suite, std::vector<std::string> words) {
  return uniharness(std::move(words), suite.folder);
}

void make_scenario(const Suite& suite, const std::string& name, const std::string& guest) {
  std::ofstream(suite.folder / (name + ".yaml"))
      << "name: " << name << "\nimage: {kernel: " << guest
      << ".elf}\nboots: 1\nmachine: {model: pc, vga: false}\n";
}

/// Nine instances, of which six pass.
Suite mixed_suite() {
  Suite suite({"tinyllama", "guest_panic", "torn_line", "power_off"});
  for (const char* name : {"b", "d", "a", "c"}) make_scenario(suite, name, "tinyllama");
  make_scenario(suite, "panics", "guest_panic");
  make_scenario(suite, "torn", "torn_line");
  make_scenario(suite, "goes", "power_off");
  std::ofstream(suite.folder / "m.yaml") << "name: m\nimage: {kernel: tinyllama.elf}\nboots: 1\n"
                                            "machine: {vga: false}\n"
                                            "matrix: {memory: [16M, 64M]}\n";
  return suite;
}

/// Without what differs from run to run: times, and how many ran at once.
std::string without_times(std::string text) {
  const struct {
    const char *pattern, *instead;
  } kinds[] = {{R"x(("(wall_ms|boots_ms|jobs)": )[0-9.e-]+)x", "$1T"},
               {R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", "T"},
               {R"([0-9.,]+ (ms|s|min)\b)", "T"},
               {R"(firmware=\d+)", "firmware"},
               {R"(\d+ at once)", "N at once"},
               {R"(time="[0-9.]+")", "time"}};
  for (const auto& kind : kinds) {
    text = std::regex_replace(text, std::regex(kind.pattern), kind.instead);
  }
  return text;
}

TEST(Plan, MergedPartsAreWhatOneMachineWouldHaveWritten) {
  const Suite suite = mixed_suite();
  const CommandResult made = in(suite, {"plan", ".", "-o", "plan.json"});
  ASSERT_EQ(made.exit_status, 0) << made.output_tail;
  ASSERT_EQ(in(suite, {"run", "--plan", "plan.json", "--out", "all", "-j", "2"}).exit_status, 5);
  fs::rename(suite.folder / "all", suite.folder / "one");
  for (const int count : {1, 2, 7, 40}) {
    std::vector<std::string> merging = {"merge", "--plan", "plan.json", "--out", "all"};
    int empty = 0;
    for (int i = 1; i <= count; ++i) {
      const std::string part = std::to_string(i) + "/" + std::to_string(count);
      const std::string out = "part-" + std::to_string(count) + "-" + std::to_string(i);
      const int status =
          in(suite, {"run", "--plan", "plan.json", "--part", part, "--out", out, "-q"}).exit_status;
      empty += status == 2;
      if (status != 2) merging.push_back(out);
    }
    EXPECT_EQ(empty, std::max(0, count - 9)) << "an empty part is no pass";
    const CommandResult merged = in(suite, merging);
    EXPECT_EQ(merged.exit_status, 5) << merged.output_tail;
    for (const char* file : {"summary.md", "summary.json", "junit.xml", "plan.json"}) {
      EXPECT_EQ(without_times(read_file(suite.folder / "all" / file)),
                without_times(read_file(suite.folder / "one" / file)))
          << file << " of " << count << " parts";
    }
    EXPECT_EQ(junit_file_fault(suite.folder / "all/junit.xml"), "");
    for (const char* file : {"a/report.html", "m-memory=16M/serial.log", "torn/result.json"}) {
      EXPECT_TRUE(fs::exists(suite.folder / "all" / file)) << file;
    }
    fs::remove_all(suite.folder / "all");
  }
}

TEST(Plan, WhatALostPartWouldHaveRunIsLostUntilItHasRun) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b", "c", "d"}) make_scenario(suite, name, "tinyllama");
  ASSERT_EQ(in(suite, {"plan", ".", "--parts", "2"}).exit_status, 0);
  const auto part = [&](const char* i, const char* out) {
    return in(suite, {"run", "--plan", "plan.json", "--part", i, "--out", out}).exit_status;
  };
  ASSERT_EQ(part("1", "p1"), 0);
  const CommandResult half =
      in(suite, {"merge", "p1", "p2", "--plan", "plan.json", "--out", "all"});
  EXPECT_EQ(half.exit_status, 3) << half.output_tail;
  EXPECT_TRUE(holds(half.output_tail, "2 passed, 2 lost")) << half.output_tail;
  EXPECT_TRUE(holds(half.output_tail, "p2 cannot be read")) << half.output_tail;
  EXPECT_TRUE(holds(read_file(suite.folder / "all/junit.xml"), "errors=\"2\""));

  // A result whose record was cut off is none.
  ASSERT_EQ(part("2", "p2"), 0);
  std::ofstream(suite.folder / "p2/b/record.json") << "{";
  std::ofstream(suite.folder / "p2/d/record.json") << "{";
  const CommandResult torn =
      in(suite, {"merge", "p1", "p2", "--plan", "plan.json", "--out", "all"});
  EXPECT_EQ(torn.exit_status, 3) << torn.output_tail;
  EXPECT_TRUE(holds(torn.output_tail, "record.json is not the one")) << torn.output_tail;

  // The merged folder can be gone on with like any other.
  const CommandResult whole = in(suite, {"run", "--resume", "all"});
  EXPECT_EQ(whole.exit_status, 0) << whole.output_tail;
  EXPECT_TRUE(holds(whole.output_tail, "resumed: 2 of 4 instances had run before"))
      << whole.output_tail;
  EXPECT_TRUE(holds(whole.output_tail, "4 passed")) << whole.output_tail;
  EXPECT_EQ(in(suite, {"merge", "p1", "all", "--plan", "plan.json", "--out", "p1"}).exit_status, 2);
  fs::create_directories(suite.folder / "mine");
  std::ofstream(suite.folder / "mine/thesis.txt") << "x";
  EXPECT_EQ(in(suite, {"merge", "p1", "--plan", "plan.json", "--out", "mine"}).exit_status, 2);
  EXPECT_TRUE(fs::exists(suite.folder / "mine/thesis.txt"));
}

TEST(Plan, WhatRanInTheMergedFolderOutlivesTheNextMerge) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b", "c", "d"}) make_scenario(suite, name, "tinyllama");
  ASSERT_EQ(in(suite, {"plan", ".", "--parts", "2"}).exit_status, 0);
  ASSERT_EQ(in(suite, {"run", "--plan", "plan.json", "--part", "1", "--out", "p1"}).exit_status, 0);
  const std::vector<std::string> merging = {"merge", "p1", "--plan", "plan.json", "--out", "all"};
  ASSERT_EQ(in(suite, merging).exit_status, 3);
  ASSERT_EQ(in(suite, {"run", "--resume", "all"}).exit_status, 0);
  for (int i = 0; i < 2; ++i) {
    const CommandResult again = in(suite, merging);
    EXPECT_EQ(again.exit_status, 0) << again.output_tail;
    EXPECT_TRUE(holds(again.output_tail, "4 instances: 4 passed")) << again.output_tail;
    EXPECT_FALSE(holds(again.output_tail, "ran 2 times")) << again.output_tail;
  }
  // What a merge has put there is of a part, and gone with it.
  fs::remove_all(suite.folder / "p1/a");
  const CommandResult without = in(suite, merging);
  EXPECT_EQ(without.exit_status, 3) << without.output_tail;
  EXPECT_TRUE(holds(without.output_tail, "3 passed, 1 lost")) << without.output_tail;
}

TEST(Plan, WhatRanTwiceIsNamed) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b"}) make_scenario(suite, name, "tinyllama");
  ASSERT_EQ(in(suite, {"plan", "."}).exit_status, 0);
  std::ofstream(suite.folder / "names") << "b\n";
  EXPECT_EQ(in(suite, {"run", "--plan", "plan.json", "--out", "p1"}).exit_status, 0);
  EXPECT_EQ(
      in(suite, {"run", "--plan", "plan.json", "--instances", "names", "--out", "p2"}).exit_status,
      0);
  const CommandResult merged =
      in(suite, {"merge", "p2", "p1", "--plan", "plan.json", "--out", "all", "--json"});
  EXPECT_EQ(merged.exit_status, 0) << merged.output_tail;
  EXPECT_TRUE(holds(read_file(suite.folder / "all/summary.json"),
                    "'b' ran 2 times: pass in p1/b, pass in p2/b; the first of them counts"))
      << merged.output_tail;
}

TEST(Plan, IsRefusedWhereAnImageOrAScenarioIsAnotherOne) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b"}) make_scenario(suite, name, "tinyllama");
  ASSERT_EQ(in(suite, {"plan", "[ab].yaml"}).exit_status, 0);
  const std::vector<std::string> run = {"run", "--plan", "plan.json", "--out", "out"};
  const std::vector<std::string> check = {"plan", "--check", "plan.json"};
  EXPECT_EQ(in(suite, check).exit_status, 0);
  const auto expect_refused = [&](const std::string& by_run, const std::string& by_check) {
    const CommandResult refused = in(suite, run);
    EXPECT_EQ(refused.exit_status, 5) << refused.output_tail;
    EXPECT_TRUE(holds(refused.output_tail, by_run)) << refused.output_tail;
    EXPECT_FALSE(fs::exists(suite.folder / "out/a")) << "nothing was booted";
    const CommandResult checked = in(suite, check);
    EXPECT_EQ(checked.exit_status, 5) << checked.output_tail;
    EXPECT_TRUE(holds(checked.output_tail, by_check)) << checked.output_tail;
  };
  const std::string image = read_file(suite.folder / "tinyllama.elf");
  std::ofstream(suite.folder / "tinyllama.elf", std::ios::app) << "x";
  expect_refused("the image of 'a' is", "changed: 'b': its image is another one");
  std::ofstream(suite.folder / "tinyllama.elf") << image;
  std::ofstream(suite.folder / "b.yaml", std::ios::app) << "about: more\n";
  expect_refused("the scenario file of 'b', b.yaml", "changed: 'b': its scenario file");
  EXPECT_EQ(in(suite, {"run", "a.yaml", "--plan", "plan.json"}).exit_status, 2);
  EXPECT_EQ(in(suite, {"run"}).exit_status, 2);
  EXPECT_EQ(in(suite, {"run", "--resume", "nowhere"}).exit_status, 2);
}

/// A QEMU that goes on for ever with guests of which a folder `blocked` tells; otherwise the real.
std::vector<std::string> with_blocking_qemu(const Suite& suite) {
  const CommandResult real = run_command({"sh", "-c", "command -v qemu-system-i386"}, "/");
  const std::string path = real.output_tail.substr(0, real.output_tail.find('\n'));
  const std::string folder = suite.folder.string();
  fs::create_directories(suite.folder / "bin");
  std::ofstream(suite.folder / "bin/qemu-system-i386")
      << "#!/bin/sh\nif [ -e " << folder
      << "/blocked ]; then\n  case \"$*\" in *guest_panic.elf*)\n"
      << "    : > " << folder << "/reached; exec sleep 600;;\n  esac\nfi\nexec " << path
      << " \"$@\"\n";
  fs::permissions(suite.folder / "bin/qemu-system-i386", fs::perms::owner_all);
  return {"env", "PATH=" + (suite.folder / "bin").string() + ":/usr/bin:/bin", UNIHARNESS_PROGRAM};
}

/// Starts these words, and waits until the blocked guest is started.
pid_t start(const Suite& suite, const std::vector<std::string>& words) {
  fs::remove(suite.folder / "reached");
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (chdir(suite.folder.c_str()) != 0) _exit(99);
    execvp(arguments[0], arguments.data());
    _exit(98);
  }
  for (int i = 0; i < 3000 && !fs::exists(suite.folder / "reached"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(fs::exists(suite.folder / "reached"));
  return child;
}

void end(pid_t child, int signal) {
  kill(child, signal);
  waitpid(child, nullptr, 0);
}

TEST(Resume, RunsWhatHasNotEndedAndNothingElse) {
  for (const int signal : {SIGKILL, SIGINT}) {
    const Suite suite({"tinyllama", "guest_panic"});
    for (const char* name : {"a", "b", "d"}) make_scenario(suite, name, "tinyllama");
    std::ofstream(suite.folder / "c.yaml")
        << "name: c\nimage: {kernel: guest_panic.elf}\nboots: 1\nmachine: {vga: false}\n"
           "limits: {wall: 10m, idle: 10m}\n";
    std::vector<std::string> words = with_blocking_qemu(suite);
    std::ofstream(suite.folder / "blocked") << "";
    std::vector<std::string> all = words;
    for (const char* word : {"run", ".", "-j", "1", "-q"}) all.emplace_back(word);
    end(start(suite, all), signal);
    EXPECT_TRUE(fs::exists(suite.folder / "reports/b/result.json"));
    EXPECT_FALSE(fs::exists(suite.folder / "reports/c/result.json"));
    EXPECT_FALSE(fs::exists(suite.folder / "reports/d"));
    // Ctrl-C keeps a summary of what was done; a kill cannot.
    EXPECT_EQ(fs::exists(suite.folder / "reports/summary.json"), signal == SIGINT);
    const auto written = fs::last_write_time(suite.folder / "reports/b/record.json");

    fs::remove(suite.folder / "blocked");
    for (const char* word : {"run", "--resume", "reports"}) words.emplace_back(word);
    const CommandResult resumed = run_command(words, suite.folder);
    EXPECT_EQ(resumed.exit_status, 1) << resumed.output_tail;
    EXPECT_TRUE(holds(resumed.output_tail, "4 instances: 3 passed, 1 failed"))
        << resumed.output_tail;
    EXPECT_TRUE(holds(resumed.output_tail, "resumed: 2 of 4")) << resumed.output_tail;
    EXPECT_EQ(fs::last_write_time(suite.folder / "reports/b/record.json"), written);
    EXPECT_TRUE(holds(run_command(words, suite.folder).output_tail, "resumed: 4 of 4"));
  }
}
TEST(Resume, APartIsGoneOnWithAsThatPart) {
  const Suite suite({"tinyllama"});
  for (const char* name : {"a", "b", "c", "d"}) make_scenario(suite, name, "tinyllama");
  ASSERT_EQ(in(suite, {"plan", "."}).exit_status, 0);
  ASSERT_EQ(in(suite, {"run", "--plan", "plan.json", "--part", "1/2", "--out", "p"}).exit_status,
            0);
  fs::remove(suite.folder / "p/a/result.json");
  const CommandResult resumed = in(suite, {"run", "--resume", "p"});
  EXPECT_EQ(resumed.exit_status, 0) << resumed.output_tail;
  EXPECT_TRUE(holds(resumed.output_tail, "resumed: 1 of 2")) << resumed.output_tail;
  EXPECT_FALSE(fs::exists(suite.folder / "p/b")) << "that is of the other part";
}
TEST(Resume, TwoAtOnceInOneFolderAreRefused) {
  const Suite suite({"guest_panic"});
  std::ofstream(suite.folder / "c.yaml")
      << "name: c\nimage: {kernel: guest_panic.elf}\nboots: 1\nmachine: {vga: false}\n"
         "limits: {wall: 10m, idle: 10m}\n";
  ASSERT_EQ(in(suite, {"plan", "."}).exit_status, 0);
  std::vector<std::string> words = with_blocking_qemu(suite);
  std::ofstream(suite.folder / "blocked") << "";
  for (const char* word : {"run", "--plan", "plan.json", "--out", "p", "-q"}) {
    words.emplace_back(word);
  }
  const pid_t first = start(suite, words);
  for (const auto& second : std::vector<std::vector<std::string>>{
           {"run", "--plan", "plan.json", "--out", "p"}, {"run", "--resume", "p"}}) {
    const CommandResult refused = in(suite, second);
    EXPECT_EQ(refused.exit_status, 3) << refused.output_tail;
    EXPECT_TRUE(holds(refused.output_tail, "another suite is running in p: process"))
        << refused.output_tail;
  }
  end(first, SIGKILL);
  fs::remove(suite.folder / "blocked");
  EXPECT_EQ(in(suite, {"run", "--resume", "p"}).exit_status, 1) << "a dead one keeps nobody out";
}

TEST(Resume, AFullDiskStopsTheSuiteAndLosesNoVerdictThatWasTold) {
  const std::vector<std::string> space = {"unshare", "-Urm", "sh", "-c"};
  std::vector<std::string> probe = space;
  probe.emplace_back("mount -t tmpfs -o size=1m none /mnt");
  if (run_command(probe, "/").exit_status != 0) {
    GTEST_SKIP() << "a small file system cannot be mounted here (unshare -Urm)";
  }
  const Suite suite({"tinyllama"});
  for (int i = 10; i < 30; ++i) make_scenario(suite, "s" + std::to_string(i), "tinyllama");
  fs::create_directories(suite.folder / "small");
  std::vector<std::string> script = space;
  const std::string program = UNIHARNESS_PROGRAM;
  script.push_back("mount -t tmpfs -o size=1m none small && " + program +
                   " run . -j 2 -q --out small; echo first=$?; ls small/s10; "
                   "mount -o remount,size=200m small && " +
                   program + " run --resume small -q; echo second=$?");
  const std::string told = run_command(script, suite.folder).output_tail;
  EXPECT_TRUE(holds(told, "first=3")) << told;
  EXPECT_TRUE(holds(told, "a disk was full")) << told;
  EXPECT_TRUE(holds(told, " not run")) << told;
  EXPECT_TRUE(holds(told, "result.json")) << told;
  EXPECT_TRUE(holds(told, "second=0")) << told;
  EXPECT_TRUE(holds(told, "20 instances: 20 passed")) << told;
}

}  // namespace
}  // namespace harness
