// uniharness ab and uniharness doctor on real boots. No time is asserted: only what is the same on
// every host.
#include <algorithm>
#include <fstream>

#include "base/files.h"

#include "e2e/e2e.h"

namespace harness {
namespace {

fs::path image(const std::string& name) { return fs::path(UNIHARNESS_IMAGES) / name; }

/// The smallest series that can be made: one look, at five pairs.
CommandResult ab(std::vector<std::string> more) {
  std::vector<std::string> arguments = {"ab", scenario_file("boot-multiboot"), "--boots", "5",
                                        "--verbose"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return uniharness(arguments);
}

TEST(Ab, CountedOneImageAgainstItselfIsUnchangedToTheInstruction) {
  const auto result =
      ab({"--clock", "counted", "--base", image("tinyllama.elf"), "--new", image("tinyllama.elf")});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_NE(result.output_tail.find("exactly equal"), std::string::npos) << result.output_tail;
}

TEST(Ab, HostClockTellsTheFamilyTheWarmUpAndTheVerdict) {
  const auto result = ab({"--clock", "host", "--base", image("tinyllama.elf"), "--new",
                          image("tinyllama.elf"), "--metric", "timing sum_to_n"});
  // Five pairs of a noisy number can hardly say more than that they cannot say it.
  EXPECT_TRUE(result.exit_status == 6 || result.exit_status == 0) << result.output_tail;
  for (const char* said : {"first boot of each, not used", "5 pairs of boots", "order ABBA",
                           "looks: 1, numbers: 1", "verdict: "}) {
    EXPECT_NE(result.output_tail.find(said), std::string::npos) << said << result.output_tail;
  }
}

TEST(Ab, TheAnswerIsAFewLines) {
  const auto result =
      uniharness({"ab", scenario_file("boot-multiboot"), "--boots", "5", "--clock", "host",
                  "--base", image("tinyllama.elf"), "--new", image("tinyllama.elf")});
  const std::string& text = result.output_tail;
  EXPECT_LE(std::ranges::count(text, '\n'), 9) << text;
  EXPECT_NE(text.find("more: "), text.npos) << text;
  EXPECT_NE(text.find("\nverdict: "), text.npos) << text;
  const auto counted =
      uniharness({"ab", scenario_file("boot-multiboot"), "--clock", "counted", "-q", "--base",
                  image("tinyllama.elf"), "--new", image("tinyllama.elf")});
  EXPECT_TRUE(counted.output_tail.starts_with("boot-multiboot: unchanged: ")) << text;
  EXPECT_EQ(std::ranges::count(counted.output_tail, '\n'), 1) << counted.output_tail;
}

TEST(Ab, ByHostTimeTheFirstCallIsANumberOfItsOwn) {
  const auto result =
      ab({"--clock", "host", "--base", image("tinyllama.elf"), "--new", image("tinyllama.elf"),
          "--metric", "profile sum_to_n first", "--metric", "profile sum_to_n avg after first"});
  EXPECT_TRUE(result.exit_status == 6 || result.exit_status == 0) << result.output_tail;
  EXPECT_NE(result.output_tail.find("numbers: 2"), std::string::npos) << result.output_tail;
}

TEST(Ab, ImagesWithOtherNumbersAreNotComparable) {
  const auto result = ab({"--base", image("tinyllama.elf"), "--new", image("hello.elf")});
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;
  EXPECT_NE(result.output_tail.find("does not report"), std::string::npos) << result.output_tail;
}

TEST(Ab, AGuestThatFailsIsNotMeasured) {
  const auto result = ab({"--base", image("tinyllama.elf"), "--new", image("guest_panic.elf")});
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;
  EXPECT_NE(result.output_tail.find("of new"), std::string::npos) << result.output_tail;
}

TEST(Ab, WhatIsNeitherFileNorRevisionIsAMistake) {
  const auto result = ab({"--base", "no-such-thing"});
  EXPECT_EQ(result.exit_status, 2) << result.output_tail;
  EXPECT_NE(result.output_tail.find("no-such-thing"), std::string::npos) << result.output_tail;
}

/// A project of one commit a guest, whose target only copies the ELF file that lies in it.
TEST(Ab, RevisionsAreBuiltInTheirOwnWorktreesWhichAreRemoved) {
  const fs::path folder = fresh_folder();
  const fs::path project = folder / "project", build = folder / "build";
  fs::create_directories(project);
  const auto must = [&](std::vector<std::string> argv) {
    const CommandResult result = run_command(argv, project);
    ASSERT_EQ(result.exit_status, 0) << argv[0] << result.output_tail;
  };
  const auto commit = [&] {
    must({"git", "add", "."});
    must({"git", "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-qm", "x"});
  };
  must({"git", "init", "-q", "."});
  std::ofstream(project / "CMakeLists.txt")
      << "cmake_minimum_required(VERSION 3.25)\nproject(p NONE)\n"
         "add_custom_target(guest COMMAND ${CMAKE_COMMAND} -E copy\n"
         "  ${CMAKE_SOURCE_DIR}/guest.elf ${CMAKE_BINARY_DIR}/images/guest.elf)\n";
  std::ofstream(project / "s.yaml")
      << "name: s\nimage: {target: guest, kernel: guest.elf}\nmachine: {vga: false}\n";
  fs::copy_file(image("hello.elf"), project / "guest.elf");
  commit();
  fs::copy_file(image("tinyllama.elf"), project / "guest.elf",
                fs::copy_options::overwrite_existing);
  commit();
  must({"cmake", "-S", project, "-B", build, "-G", "Ninja"});

  const std::vector<std::string> arguments = {"ab",  project / "s.yaml", "--build-dir",
                                              build, "--base",           "HEAD"};
  const auto same = uniharness(arguments);
  EXPECT_EQ(same.exit_status, 0) << same.output_tail;
  auto with_parent = arguments;
  with_parent.insert(with_parent.end(), {"--new", "HEAD~1"});
  EXPECT_EQ(uniharness(with_parent).exit_status, 5) << "hello gives other numbers";

  EXPECT_TRUE(fs::is_empty(build / "ab"));
  const auto worktrees = run_command({"git", "worktree", "list", "--porcelain"}, project);
  EXPECT_EQ(worktrees.output_tail.find("/ab/"), std::string::npos) << worktrees.output_tail;
}

TEST(TimelineCommand, TellsEachPhaseAndTheFloorOfTheSameMachine) {
  for (const char* scenario : {"boot-multiboot", "boot-pvh", "smoke", "boot-disk"}) {
    const auto result =
        uniharness({"timeline", scenario_file(scenario), "--no-build", "--boots", "2", "--json"});
    EXPECT_EQ(result.exit_status, 0) << result.output_tail;
    for (const char* said : {"QEMU start", "firmware", "init", "first test", "rest", "\"end\"",
                             "\"exact\": true", "floor_milliseconds", "own_milliseconds"}) {
      EXPECT_NE(result.output_tail.find(said), std::string::npos) << scenario << said;
    }
  }
}

TEST(TimelineCommand, AGuestThatFailsHasNoTimes) {
  const auto result = uniharness(
      {"timeline", scenario_file("misbehaving/panic"), "--no-build", "--boots", "2", "-q"});
  EXPECT_EQ(result.exit_status, 5) << result.output_tail;
  EXPECT_NE(result.output_tail.find("ended with panic instead of pass"), std::string::npos);
}

/// Runs hello with `accel: auto` by this clock, with the cache in `folder`.
CommandResult run_with_auto(const fs::path& folder, const char* clock) {
  std::ofstream(folder / "auto.yaml")
      << "name: auto\nimage: {kernel: " << image("hello.elf").string() << "}\nclock: " << clock
      << "\nboots: 1\nmachine: {accel: auto, vga: false}\n";
  return run_command({"/usr/bin/env", "UNIHARNESS_CACHE=" + (folder / "cache").string(),
                      UNIHARNESS_PROGRAM, "run", folder / "auto.yaml", "--out", folder / "report"},
                     folder);
}

TEST(AutoAccel, IsWhatAProbeFoundAndTheRecordSaysWhich) {
  const fs::path folder = fresh_folder();
  const auto first = run_with_auto(folder, "host");
  EXPECT_EQ(first.exit_status, 0) << first.output_tail;
  const std::string accel = saved_record(folder / "report").fingerprint.accel;
  EXPECT_TRUE(accel == "tcg" || accel == "kvm") << accel;
  EXPECT_NE(first.output_tail.find("accel: auto: " + accel + " ("), std::string::npos)
      << first.output_tail;

  // The second time the answer is taken from where it was put.
  const fs::path cache = folder / "cache" / "accelerators.json";
  std::string text = read_file(cache);
  const std::string why = "\"why\": \"";
  text.insert(text.find(why) + why.size(), "remembered: ");
  std::ofstream(cache) << text;
  const auto second = run_with_auto(folder, "host");
  EXPECT_NE(second.output_tail.find("(remembered: "), std::string::npos) << second.output_tail;
}

TEST(AutoAccel, CountsWithTheOneThatCanAndAsksNobody) {
  const fs::path folder = fresh_folder();
  const auto result = run_with_auto(folder, "counted");
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_EQ(saved_record(folder / "report").fingerprint.accel, "tcg");
  EXPECT_FALSE(fs::exists(folder / "cache"));
}

TEST(Doctor, FindsThatTheEmulatorWorksAndThatItCountsExactly) {
  const auto result = uniharness({"doctor", "--json"});
  EXPECT_EQ(result.exit_status, 0) << result.output_tail;
  EXPECT_NE(result.output_tail.find("\"healthy\": true"), std::string::npos) << result.output_tail;
  // With every QEMU, the profiler and the compiler.
  for (const char* said : {"\"arch\": \"aarch64\"", "uniharness_profile.so", "clang-19"}) {
    EXPECT_NE(result.output_tail.find(said), std::string::npos) << said << result.output_tail;
  }
}

TEST(Doctor, IsNotWellWhereTheProfilerCannotLoad) {
  const fs::path folder = fresh_folder();
  std::ofstream(folder / "plugin.so") << "no plugin";
  const auto torn = run_command({"/usr/bin/env", "UNIHARNESS_PROFILE_PLUGIN=plugin.so",
                                 UNIHARNESS_PROGRAM, "doctor", "--json"},
                                folder);
  EXPECT_EQ(torn.exit_status, 3) << torn.output_tail;
  EXPECT_NE(torn.output_tail.find("`profile` and `hotpaths` cannot work"), std::string::npos)
      << torn.output_tail;
}

TEST(Doctor, WithoutQemuItIsNotWellAndSaysSo) {
  const auto bare =
      run_command({"/usr/bin/env", "PATH=/nonexistent", UNIHARNESS_PROGRAM, "doctor"}, "/");
  EXPECT_EQ(bare.exit_status, 3) << bare.output_tail;
  EXPECT_NE(bare.output_tail.find("BAD"), std::string::npos) << bare.output_tail;
}

}  // namespace
}  // namespace harness
