#include "onboarding/unittests.h"

#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "onboarding/shell_words.h"

namespace harness::onboarding {
namespace {

std::vector<UnitTest> read(std::string_view text) { return parse_unit_tests(text, "u.cfg", 6); }

std::string fault_of(std::string_view text) {
  try {
    read(text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

using Texts = std::vector<std::string>;

TEST(UnitTests, EveryKeyIsRead) {
  const auto tests = read(R"(
# a comment
[smptest3]   # and one here
file = smptest.flat
smp = 3
extra_params = -cpu qemu64,+x2apic --append 'one "two"' -m 256
groups = vmexit tasks
arch = x86_64|i386
accel = tcg
timeout = 2m
check = /proc/a=Y /proc/b=0
check = /proc/c=
machine = pc
[plain]
file=plain.flat
)");
  ASSERT_EQ(tests.size(), 2u);
  const UnitTest& test = tests[0];
  EXPECT_EQ(test.name, "smptest3");
  EXPECT_EQ(test.line, 3);
  EXPECT_EQ(test.file, "smptest.flat");
  EXPECT_EQ(test.smp, 3u);
  EXPECT_EQ(test.params, (Texts{"-cpu", "qemu64,+x2apic", "--append", "one \"two\"", "-m", "256"}));
  EXPECT_EQ(test.groups, (Texts{"vmexit", "tasks"}));
  EXPECT_EQ(test.archs, (Texts{"x86_64", "i386"}));
  EXPECT_EQ(test.accel, "tcg");
  EXPECT_EQ(test.machine, "pc");
  EXPECT_EQ(test.timeout_s, 120u);
  EXPECT_EQ(test.conditions,
            (std::vector<HostCondition>{{"/proc/a", "Y"}, {"/proc/b", "0"}, {"/proc/c", ""}}));
  EXPECT_EQ(tests[1].timeout_s, 90u);
  EXPECT_EQ(tests[1].smp, 1u);
}

TEST(UnitTests, ProcessorsMayDependOnTheHost) {
  const auto smp = [](const std::string& value) {
    return read("[a]\nfile = a\nsmp = " + value + "\n").front().smp;
  };
  EXPECT_EQ(smp("$MAX_SMP"), 6u);
  EXPECT_EQ(smp("$(($MAX_SMP < 8 ? $MAX_SMP : 8))"), 6u);
  EXPECT_EQ(smp("$((($MAX_SMP<4)?$MAX_SMP:4))"), 4u);
  EXPECT_EQ(read("[a]\nfile = a\nextra_params = -append 'smp=$MAX_SMP'\n").front().params.back(),
            "smp=6");
}

TEST(UnitTests, NewerFilesHaveLongValuesAndArgumentsApart) {
  const auto tests = read(
      "[a]\nfile = a\nqemu_params = \"\"\"-cpu max\n  -m 64\n\"\"\"\n"
      "test_args = 'one  two' three\n");
  EXPECT_EQ(tests[0].params, (Texts{"-cpu", "max", "-m", "64", "-append", "one  two three"}));
}

TEST(UnitTests, NoShellIsStartedForAFileOfOthers) {
  const auto tests = read(
      "[a]\nfile = a\nextra_params = -append \"1 `date +%s`\"\n"
      "[b]\nfile = b\nextra_params = -append $(id)\n"
      "[c]\nfile = c\nextra_params = -append '`kept`'\n"
      "[d]\nfile = d\nsomething_new = 1\n");
  EXPECT_NE(tests[0].unusable.find("extra_params (line 3) wants a shell for '`date +%s`"),
            std::string::npos);
  EXPECT_NE(tests[1].unusable.find("$(id)"), std::string::npos);
  EXPECT_EQ(tests[2].unusable, "");
  EXPECT_EQ(tests[2].params.back(), "`kept`");
  EXPECT_NE(tests[3].unusable.find("'something_new' (line 12)"), std::string::npos);
}

TEST(UnitTests, MistakesAreToldWithTheirLinesAndSections) {
  EXPECT_EQ(fault_of("file = a\n"), "u.cfg:1:1: a key before the first section");
  EXPECT_EQ(fault_of("[a]\n\nsmp = 2\n"), "u.cfg:1:1: [a] lacks the key 'file'");
  EXPECT_EQ(fault_of("[a]\nfile = a\nsmp = many\n"),
            "u.cfg:3:1: [a]: smp = many is no number of processors");
  EXPECT_EQ(fault_of("[a]\nfile = a\nsmp = 256\n"),
            "u.cfg:3:1: [a]: smp = 256 is no number of processors");
  EXPECT_EQ(fault_of("[a]\nfile = ../../etc/passwd\n"),
            "u.cfg:2:1: [a]: file is not the name of a file");
  EXPECT_EQ(fault_of("[a]\nfile = a\nwhat is this\n"),
            "u.cfg:3:1: [a]: 'what is this' is no section and no key = value");
  EXPECT_EQ(fault_of("[a]\nfile = a\nextra_params = -append 'x\n"),
            "u.cfg:3:1: [a]: extra_params: a ' is not closed");
  EXPECT_EQ(fault_of("[a]\nfile = a\ncheck = nothing\n"),
            "u.cfg:3:1: [a]: check 'nothing' is no path=value");
  EXPECT_EQ(fault_of("[a]\nfile = a\n[a]\nfile = a\n"), "u.cfg:3:1: [a]: a second section [a]");
  EXPECT_EQ(fault_of("[a]\nfile = a\nqemu_params = \"\"\" -m\n"),
            "u.cfg:3:1: [a]: a \"\"\" is not closed");
  EXPECT_NE(fault_of("[a]\nfile = a\ntimeout = soon\ncheck = x\n").find("u.cfg:4:1: [a]: check"),
            std::string::npos);
  EXPECT_EQ(fault_of(""), "");
}

TEST(UnitTests, AnyBytesAreReadOrRefused) {
  std::mt19937 random(5);
  const std::string whole =
      "[a]\nfile = a\nsmp = $MAX_SMP\nextra_params = -append 'x y' \"z\" \\q\n"
      "check = /a=b\nqemu_params = \"\"\"\n-m 1\n\"\"\"\ntimeout = 3s\n";
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole;
    for (int i = 0; i < 6; ++i) text[random() % text.size()] = static_cast<char>(random());
    try {
      for (const UnitTest& test : read(text)) EXPECT_FALSE(test.file.empty());
    } catch (const UsageError& error) {
      EXPECT_EQ(std::string(error.what()).substr(0, 6), "u.cfg:");
    }
  }
}

TEST(ShellWords, AreThoseOfAShell) {
  EXPECT_EQ(shell_words("a  'b c'\"d\" e\\ f ''").words, (Texts{"a", "b cd", "e f", ""}));
  EXPECT_EQ(shell_words("\"a\\\"b\" 'c\\d'").words, (Texts{"a\"b", "c\\d"}));
  EXPECT_NE(shell_words("'a").fault, "");
  EXPECT_NE(shell_words("a $HOME").command, "");
  EXPECT_EQ(shell_words("").words, Texts{});
}

}  // namespace
}  // namespace harness::onboarding
