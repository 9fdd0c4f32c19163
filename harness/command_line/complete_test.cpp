#include "command_line/complete.h"

#include <gtest/gtest.h>

#include "command_line/words_testing.h"

namespace harness {
namespace {

using Words = std::vector<std::string>;

std::vector<std::string> names_of_a(std::string_view kind, const Typed& typed) {
  if (kind != "INSTANCE") return {};
  return typed.arguments == Words{"a.yaml"} ? Words{"a[memory=16M]", "a[memory=64M]"} : Words{};
}

Completion completed(const Words& words) { return complete(sample_program(), words, names_of_a); }

Words words_after(const Words& words) {
  Words found;
  for (const Candidate& one : completed(words).words) found.push_back(one.word);
  return found;
}

TEST(Complete, CommandsAtFirst) {
  EXPECT_EQ(words_after({""}), (Words{"run", "bitcode", "help"}));
  EXPECT_EQ(words_after({"r"}), (Words{"run"}));
  EXPECT_EQ(completed({"r"}).words[0].help, "boot the image");
}
TEST(Complete, CommandsBelowACommand) {
  EXPECT_EQ(words_after({"bitcode", ""}), (Words{"pack"}));
  EXPECT_EQ(words_after({"bitcode", "pack", "--h"}), (Words{"--help"}));
}
TEST(Complete, HelpTakesCommands) {
  EXPECT_EQ(words_after({"help", "b"}), (Words{"bitcode"}));
  EXPECT_EQ(words_after({"help", "bitcode", ""}), (Words{"pack"}));
}
TEST(Complete, OptionsThatAreNotThereYet) {
  EXPECT_EQ(words_after({"run", "--"}), (Words{"--help", "--jobs", "--clock", "--out", "--quiet"}));
  EXPECT_EQ(words_after({"run", "--clock", "host", "--c"}), Words{});
  EXPECT_EQ(words_after({"run", "-k", "a", "-k"}), (Words{"-k"}));
}
TEST(Complete, ValuesOfAnOptionInBothForms) {
  EXPECT_EQ(words_after({"run", "--clock", "h"}), (Words{"host"}));
  EXPECT_EQ(words_after({"run", "--clock=h"}), (Words{"--clock=host"}));
  EXPECT_EQ(completed({"run", "--clock", ""}).files, Expected::nothing);
}
TEST(Complete, FilesWhereFilesStand) {
  EXPECT_EQ(completed({"run", ""}).files, Expected::scenarios);
  EXPECT_EQ(completed({"run", "a.yaml", ""}).files, Expected::scenarios);
  EXPECT_EQ(completed({"run", "--out", ""}).files, Expected::folders);
  EXPECT_EQ(completed({"bitcode", "pack", ""}).files, Expected::nothing);
}
TEST(Complete, InstancesOfTheScenariosThatAreTyped) {
  EXPECT_EQ(words_after({"run", "a.yaml", "-k", "a[memory=6"}), (Words{"a[memory=64M]"}));
  EXPECT_EQ(words_after({"run", "a.yaml", "-k", "!a[memory=6"}), (Words{"!a[memory=64M]"}));
  EXPECT_EQ(words_after({"run", "b.yaml", "-k", ""}), Words{});
}
TEST(Complete, BehindTwoDashesAreArguments) {
  EXPECT_EQ(words_after({"run", "--", "--"}), Words{});
  EXPECT_EQ(completed({"run", "--", "--"}).files, Expected::scenarios);
}
TEST(Complete, NothingIsNoError) {
  EXPECT_EQ(complete(sample_program(), {}, names_of_a).words.size(), 0u);
  EXPECT_EQ(words_after({"rnu", ""}), Words({}));
  EXPECT_EQ(words_after({"run", "--nonesuch=x"}), Words{});
}

TEST(CompletionLines, DirectiveFirstThenWordsWithTheirHelp) {
  EXPECT_EQ(completion_lines({{{"run", "boot"}, {"x", ""}}, Expected::scenarios}),
            ":scenarios\nrun\tboot\nx\n");
}
TEST(CompletionLines, NamesThatAShellCouldMisreadAreLeftOut) {
  EXPECT_EQ(completion_lines({{{"a\nb", ""}, {"\x1b[2J", ""}, {":files", ""}, {"", ""}}, {}}), "");
}

TEST(ValueKind, AnUnknownOneIsAMistakeOfTheProgram) {
  EXPECT_THROW(value_kind("STRING"), std::logic_error);
}

}  // namespace
}  // namespace harness
