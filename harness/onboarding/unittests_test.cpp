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

TEST(UnitTests, AFileThatIsNoneOfTheKindIsRefused) {
  EXPECT_EQ(fault_of("file = a\n").substr(0, 41), "u.cfg:1:1: a key before the first section");
  EXPECT_EQ(fault_of("# nothing\n"), "u.cfg:1:1: no section [name] in it");
  EXPECT_EQ(fault_of(""), "");
}

TEST(UnitTests, AnOddSectionSaysWhyAndDoesNotStopTheOthers) {
  for (const auto& [keys, why] : std::vector<std::pair<std::string, std::string>>{
           {"\n", "u.cfg:4: it lacks the key 'file'"},
           {"file = a\nsmp = many\n", "u.cfg:6: smp = many is no number of processors"},
           {"file = a\nsmp = 256\n", "u.cfg:6: smp = 256 is no number of processors"},
           {"file = ../../etc/passwd\n", "u.cfg:5: file is not the name of a file"},
           {"file = a\nwhat is this\n", "u.cfg:6: 'what is this' is no section"},
           {"file = a\nextra_params = -append 'x\n", "u.cfg:6: extra_params: a ' is not closed"},
           {"file = a\ncheck = nothing\n", "u.cfg:6: check 'nothing' is no path=value"},
           {"file = a\ntimeout = soon\ncheck = x\n", "u.cfg:6: timeout = soon is no time"},
       }) {
    const auto tests = read("[before]\nfile = b\n\n[odd]\n" + keys + "[after]\nfile = c\n");
    ASSERT_EQ(tests.size(), 3u) << keys;
    EXPECT_EQ(tests[0].unusable, "");
    EXPECT_EQ(tests[1].unusable.substr(0, why.size()), why);
    EXPECT_EQ(tests[2].unusable, "");
  }
  const auto twice = read("[a]\nfile = a\n[a]\nfile = a\n");
  EXPECT_EQ(twice[0].unusable, "");
  EXPECT_NE(twice[1].unusable.find("a second section [a]"), std::string::npos);
  EXPECT_NE(read("[a]\nfile = a\nqemu_params = \"\"\" -m\n")[0].unusable.find("is not closed"),
            std::string::npos);
}

TEST(UnitTests, ProcessorsMayHaveATopology) {
  const auto tests = read("[a]\nfile = a\nsmp = 8,threads=4\n[b]\nfile = b\nsmp = `4`\n");
  EXPECT_EQ(tests[0].smp, 8u);
  EXPECT_EQ(tests[0].topology, "threads=4");
  EXPECT_EQ(tests[1].smp, 4u);
  EXPECT_EQ(tests[1].topology, "");
}

TEST(UnitTests, AConditionIsKept) {
  EXPECT_EQ(read("[a]\nfile = a\ndisabled_if = [[ \"$TARGET\" != qemu ]]\n")[0].disabled_if,
            "[[ \"$TARGET\" != qemu ]]");
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
      for (const UnitTest& test : read(text)) {
        EXPECT_TRUE(!test.file.empty() || !test.unusable.empty());
      }
    } catch (const UsageError& error) {
      EXPECT_EQ(std::string(error.what()).substr(0, 6), "u.cfg:");
    }
  }
}

TEST(ShellWords, AreThoseOfAShell) {
  EXPECT_EQ(shell_words("a  'b c'\"d\" e\\ f ''").words, (Texts{"a", "b cd", "e f", ""}));
  EXPECT_EQ(shell_words("\"a\\\"b\" 'c\\d'").words, (Texts{"a\"b", "c\\d"}));
  EXPECT_EQ(shell_words("-m `512` \"a `7`\"").words, (Texts{"-m", "512", "a 7"}));
  EXPECT_NE(shell_words("`12 34`").command, "");
  EXPECT_NE(shell_words("``").command, "");
  EXPECT_NE(shell_words("'a").fault, "");
  EXPECT_NE(shell_words("a $HOME").command, "");
  EXPECT_EQ(shell_words("").words, Texts{});
  EXPECT_EQ(shell_words("\"a\\d \\$x\" b\\;c").words, (Texts{"a\\d $x", "b;c"}));
  EXPECT_EQ(shell_words("-m 64 # more is slower").words, (Texts{"-m", "64"}));
  EXPECT_EQ(shell_words("a#b '#' #").words, (Texts{"a#b", "#"}));
  for (const char* text : {"a;touch x", "a && b", "a | b", "a >b", "(a)", "a & "}) {
    EXPECT_NE(shell_words(text).command, "") << text;
    EXPECT_EQ(shell_words("'" + std::string(text) + "'").command, "") << text;
  }
}

}  // namespace
}  // namespace harness::onboarding
