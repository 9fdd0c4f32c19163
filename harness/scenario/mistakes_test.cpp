// What is said of mistakes in a scenario: the place, the thing, the next step.
#include <gtest/gtest.h>

#include "scenario/load.h"
#include "scenario/messages.h"

namespace harness {
namespace {

using namespace testing_scenario;

TEST(ScenarioMistake, UnknownKeyNamesTheNearest) {
  EXPECT_EQ(complaint_after("limits: {wal: 10s}\n"),
            "s.yaml:3:10: unknown key 'wal' in limits (did you mean 'wall'?) | limits takes: wall, "
            "idle, cpu, serial");
  EXPECT_EQ(
      complaint_after("machin: {}\n"),
      "s.yaml:3:1: unknown key 'machin' in the scenario (did you mean 'machine'?) | the "
      "scenario takes: name, about, clock, boots, formats, image, machine, exit, tests, limits, "
      "power_cuts, "
      "steps, metrics, "
      "checks, matrix");
  EXPECT_EQ(
      complaint_after("limits: {xylophone: 10s}\n"),
      "s.yaml:3:10: unknown key 'xylophone' in limits | limits takes: wall, idle, cpu, serial");
}
TEST(ScenarioMistake, DuplicateKey) {
  EXPECT_EQ(complaint_after("name: b\n"),
            "s.yaml:3:1: duplicate key 'name' (first in line 1) | keep one of the two");
}
TEST(ScenarioMistake, MissingNameAndImageAreBothTold) {
  EXPECT_EQ(complaint("boots: 2\n"),
            "s.yaml:1:1: the scenario lacks the key 'name'\n"
            "  add name: letters, digits, '.', '_' and '-', the first a letter or a digit\n"
            "s.yaml:1:1: the scenario lacks the key 'image'\n"
            "  add what is booted: image: {target: tinyllama, disk: tinyllama.img} | "
            "2 mistakes; scenarios/REFERENCE.md describes every key");
}
TEST(ScenarioMistake, ImageNeedsExactlyOneFileToBoot) {
  EXPECT_EQ(complaint("name: a\nimage: {target: a}\n"),
            "s.yaml:2:8: image lacks one of: disk, kernel, cdrom, firmware, flash | give at least "
            "one of them");
  EXPECT_EQ(
      complaint("name: a\nimage: {cdrom: a, kernel: b}\n"),
      "s.yaml:2:19: 'cdrom' and 'kernel' exclude each other in image | give only one of them");
  EXPECT_EQ(
      complaint("name: a\nimage: {disk: a, target: b, build: c}\n"),
      "s.yaml:2:29: 'target' and 'build' exclude each other in image | give only one of them");
}
TEST(ScenarioMistake, WrongKindOfValue) {
  EXPECT_EQ(complaint("name: [a]\nimage: {disk: a}\n"),
            "s.yaml:1:7: 'name' holds a list | write letters, digits, '.', '_' and '-', the first "
            "a letter or a digit");
  EXPECT_EQ(complaint("name:\nimage: {disk: a}\n"),
            "s.yaml:1:1: 'name' holds nothing | write letters, digits, '.', '_' and '-', the first "
            "a letter or a digit");
  EXPECT_EQ(complaint("name: a\nimage: a.img\n"),
            "s.yaml:2:8: image holds a single value, must hold keys | it takes: target, build, "
            "disk, persist, kernel, append, initrd, cdrom, firmware, flash, symbols");
  EXPECT_EQ(complaint("- a\n"),
            "s.yaml:1:1: a scenario is a map of keys, this is a list | start with its name: name: "
            "smoke");
}
TEST(ScenarioMistake, NameThatIsNoFolderName) {
  for (const char* name : {"a/b", "..", ".a", "-a", "a b", "\"\"", "\xC3\xA9"}) {
    EXPECT_NE(complaint("name: " + std::string(name) + "\nimage: {disk: a}\n"), "") << name;
  }
  EXPECT_EQ(complaint("name: ../etc\nimage: {disk: a}\n"),
            "s.yaml:1:7: name: '../etc' is not accepted | write letters, digits, '.', '_' and "
            "'-', the first a letter or a digit");
}
TEST(ScenarioMistake, BadNumbersBytesAndDurations) {
  EXPECT_EQ(complaint_after("boots: two\n"),
            "s.yaml:3:8: boots: 'two' is not accepted | write a whole number: 10, 24K, 4M (K, M, "
            "G are powers of 1024); from 1 to 1000");
  EXPECT_EQ(complaint_after("boots: 0\n"),
            "s.yaml:3:8: boots: 0 is out of range | write a whole number: 10, 24K, 4M (K, M, G "
            "are powers of 1024); from 1 to 1000");
  EXPECT_EQ(complaint_after("machine: {memory: 32MB}\n"),
            "s.yaml:3:19: memory: '32MB' is not accepted | write a whole number: 10, 24K, 4M (K, "
            "M, G are powers of 1024); from 1M to 64G");
  EXPECT_EQ(complaint_after("machine: {memory: 512K}\n"),
            "s.yaml:3:19: memory: 512K is out of range | write a whole number: 10, 24K, 4M (K, M, "
            "G are powers of 1024); from 1M to 64G");
  EXPECT_EQ(complaint_after("limits: {wall: 10}\n"),
            "s.yaml:3:16: wall: '10' is not accepted | write a time with its unit: 500ms, 10s or "
            "2m; from 1ms to 60m");
  EXPECT_EQ(complaint_after("limits: {wall: 2h}\n").substr(0, 43),
            "s.yaml:3:16: wall: '2h' is not accepted | w");
}
TEST(ScenarioMistake, ChoiceThatIsNotInTheList) {
  EXPECT_EQ(complaint_after("clock: count\n"),
            "s.yaml:3:8: clock: 'count' is not accepted (did you mean 'counted'?) | write one of: "
            "counted, host");
  EXPECT_EQ(complaint_after("machine: {vga: yes}\n"),
            "s.yaml:3:16: vga: 'yes' is not accepted | write true or false");
}
TEST(ScenarioMistake, BuildCommandWithShellSyntax) {
  EXPECT_EQ(complaint("name: a\nimage: {disk: a, build: make && strip a}\n"),
            "s.yaml:2:25: build: '&' is shell syntax, and no shell reads it | write a list, "
            "[program, argument, ...], or put the command into a script");
}
TEST(ScenarioMistake, KvmCannotCount) {
  EXPECT_EQ(complaint_after("machine: {accel: kvm}\n"),
            "s.yaml:3:18: accel: kvm cannot count instructions, and the clock is counted | write "
            "clock: host at the top level, or accel: tcg");
  EXPECT_EQ(complaint_after("machine: {accel: kvm}\nclock: host\n"), "");
}
TEST(ScenarioMistake, VgaCheckWithoutAnAdapter) {
  EXPECT_EQ(complaint_after("machine: {model: microvm}\nchecks:\n  - vga: matches serial\n"),
            "s.yaml:5:5: check 'vga' needs a VGA adapter, and this machine has none | write "
            "machine: {vga: true}, or remove the check");
}
TEST(ScenarioMistake, AllAreReportedInTheOrderOfTheFile) {
  EXPECT_EQ(complaint_after("checks:\n  - vgo: 1\nlimits: {wall: x}\nclock: c\n"),
            "s.yaml:4:5: unknown check 'vgo' (did you mean 'vga'?)\n"
            "  known checks: ending, clean, complete, test, entry, text, order, hash, forbid, "
            "allow, profile, "
            "timing, bench, metric, memory, vga, size, reduction, identical; `uniharness checks` "
            "describes them\n"
            "s.yaml:5:16: wall: 'x' is not accepted\n"
            "  write a time with its unit: 500ms, 10s or 2m; from 1ms to 60m\n"
            "s.yaml:6:8: clock: 'c' is not accepted\n"
            "  write one of: counted, host | "
            "3 mistakes; scenarios/REFERENCE.md describes every key");
}
TEST(ScenarioMistake, TwentyAreShownAndTheRestCounted) {
  std::string checks = "checks:\n";
  for (int i = 0; i < 25; ++i) checks += "  - clean: no\n";
  const std::string text = complaint_after(checks);
  EXPECT_NE(text.find("s.yaml:23:12: "), std::string::npos) << text;
  EXPECT_EQ(text.find("s.yaml:24:12: "), std::string::npos) << text;
  EXPECT_NE(text.find("\n... and 5 more | 25 mistakes"), std::string::npos) << text;
}
TEST(ScenarioMistake, EscapesInTheFileAreMadeHarmless) {
  EXPECT_EQ(complaint_after("clock: \"\\e[31m\"\n"),
            "s.yaml:3:8: clock: '\\x1B[31m' is not accepted | write one of: counted, host");
}
TEST(ScenarioMistake, StatusIsTwo) {
  try {
    parse_scenario("", "s.yaml");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.status, ExitStatus::usage);
  }
}

TEST(ScenarioMistakes, OfPowerCutsAndPersistence) {
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k, persist: true}\n"),
            "s.yaml:2:20: 'persist' in image needs 'disk' beside it | add disk, or remove persist");
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k}\npower_cuts: {seed: 1}\n"),
            "s.yaml:3:1: power_cuts: the image has no disk whose writes could be cut | add image: "
            "{disk: FILE}");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {boots: 3}\n"),
            "s.yaml:3:21: power_cuts: there is no boot 3, only 2 | add boots at the top level, or "
            "choose an earlier one");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {atomic: 3000}\n"),
            "s.yaml:3:22: power_cuts: a disk writes no pieces of 3000 bytes | a power of two, such "
            "as 4K");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\npower_cuts: {said: a, found: '(?P<value>.)'}\n"),
            "s.yaml:3:20: power_cuts: the pattern of said has no group 'value' | write it as in "
            "'committed (?P<value>\\d+)'");
  EXPECT_EQ(
      complaint("name: a\nimage: {disk: k}\npower_cuts: {said: '(?P<value>.)'}\n"),
      "s.yaml:3:14: 'said' in power_cuts needs 'found' beside it | add found, or remove said");
  EXPECT_EQ(complaint("name: a\nimage: {disk: k}\nmachine: {vga: false}\n"
                      "power_cuts: {checks: [vga: matches serial]}\n"),
            "s.yaml:4:23: check 'vga' needs a VGA adapter, and this machine has none | write "
            "machine: {vga: true}, or remove the check");
}

TEST(ScenarioMistakes, ArchitecturesHaveOtherNamesElsewhere) {
  EXPECT_TRUE(complaint("name: a\nimage: {kernel: k}\nmachine: {arch: arm64}\n")
                  .starts_with("s.yaml:3:17: arch: 'arm64' is not accepted (did you mean "
                               "'aarch64'?)"));
}
TEST(ScenarioMistakes, AHashThatCanBeNoneIsRefusedBeforeTheBoot) {
  EXPECT_EQ(complaint("name: a\nimage: {kernel: k}\nchecks:\n"
                      "  - hash: {from: x, to: y, sha256: abc}\n"),
            "s.yaml:4:36: sha256: 'abc' is not accepted | write 64 hexadecimal digits, lower case: "
            "what sha256sum prints");
}

}  // namespace
}  // namespace harness
