#include "scenario/command.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

std::vector<std::string> words(std::string_view line) {
  return std::get<std::vector<std::string>>(split_command(line));
}
std::string fault(std::string_view line) { return std::get<SplitFault>(split_command(line)).why; }

TEST(SplitCommand, SplitsAtBlanks) {
  EXPECT_EQ(words("make  -C app\timage"), (std::vector<std::string>{"make", "-C", "app", "image"}));
}
TEST(SplitCommand, QuotesKeepBlanksAndJoinWords) {
  EXPECT_EQ(words("a 'b c' \"d e\" f'g h'"), (std::vector<std::string>{"a", "b c", "d e", "fg h"}));
  EXPECT_EQ(words("a '' b"), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(words("a \"it's\""), (std::vector<std::string>{"a", "it's"}));
}
TEST(SplitCommand, SingleQuotesMakeShellSyntaxPlain) {
  EXPECT_EQ(words("echo '$HOME | *'"), (std::vector<std::string>{"echo", "$HOME | *"}));
  EXPECT_EQ(words("echo \"a|b\""), (std::vector<std::string>{"echo", "a|b"}));
}
TEST(SplitCommand, ShellSyntaxIsAFault) {
  for (const char c : std::string("|;&<>$`*\\")) {
    EXPECT_EQ(fault(std::string("make ") + c + " x"),
              "'" + std::string(1, c) + "' is shell syntax, and no shell reads it");
  }
  EXPECT_EQ(fault("echo \"$HOME\""), "'$' is shell syntax, and no shell reads it");
}
TEST(SplitCommand, SeveralLinesAreAFault) {
  EXPECT_EQ(fault("make\nstrip"), "a command is one line");
}
TEST(SplitCommand, AnOpenQuoteIsAFault) {
  EXPECT_EQ(fault("make 'a"), "a quote (') is not closed");
}
TEST(SplitCommand, NoProgramIsAFault) {
  for (const char* line : {"", "   ", "'' x"}) EXPECT_EQ(fault(line), "no program is named");
}

}  // namespace
}  // namespace harness
