#include "command_line/mistake.h"

#include <gtest/gtest.h>

#include "command_line/words_testing.h"

namespace harness {
namespace {

std::string complaint(std::string_view word, const CommandWords& command,
                      const std::string& called) {
  const UsageError error = unknown_word(word, command, called, sample_program());
  return std::string(error.what()) + " | " + error.hint;
}

TEST(UnknownWord, NearestCommandIsOffered) {
  EXPECT_EQ(complaint("rnu", sample_program(), "uniharness"),
            "unknown command 'rnu': did you mean 'run'? | see: uniharness --help");
  EXPECT_EQ(complaint("xyzzy", sample_program(), "uniharness"),
            "unknown command 'xyzzy' | see: uniharness --help");
}
TEST(UnknownWord, NearestOptionIsOffered) {
  const CommandWords run = sample_program().commands[0];
  EXPECT_EQ(complaint("--job=3", run, "uniharness run"),
            "unknown option '--job=3': did you mean '--jobs'? | see: uniharness run --help");
}
TEST(UnknownWord, AnOptionOfAnotherCommandIsKnown) {
  EXPECT_EQ(complaint("--clock", sample_program().commands[2], "uniharness help"),
            "unknown option '--clock': it is an option of run | see: uniharness help --help");
}
TEST(UnknownWord, OneArgumentTooMany) {
  const CommandWords doctor{.name = "doctor"};
  EXPECT_EQ(complaint("x", doctor, "uniharness doctor"),
            "'x' is one argument too many | usage: uniharness doctor");
}
TEST(UnknownWord, ALongWordIsCut) {
  EXPECT_LT(complaint(std::string(100'000, 'a'), sample_program(), "uniharness").size(), 500u);
}
TEST(MissingWord, CommandsAreNamed) {
  EXPECT_STREQ(missing_word("", sample_program().commands[1], "uniharness bitcode").what(),
               "uniharness bitcode needs a command, one of pack");
  CommandWords many{.name = "many"};
  for (int i = 0; i < 9; ++i) many.commands.push_back({.name = "command" + std::to_string(i)});
  EXPECT_STREQ(missing_word("", many, "many").what(), "many needs a command");
}

TEST(ErrorText, APlaceStandsFirst) {
  EXPECT_EQ(error_text("a.yaml:3:5: unknown key 'x'", "see there"),
            "a.yaml:3:5: error: unknown key 'x'\n  hint: see there");
  EXPECT_EQ(error_text("C x:9: torn", ""), "C x:9: error: torn");
}
TEST(ErrorText, EachLineWithAPlaceIsAnErrorOfItsOwn) {
  EXPECT_EQ(error_text("a.yaml:3:5: one\n  more\nb.yaml:1:1: two", ""),
            "a.yaml:3:5: error: one\n  more\nb.yaml:1:1: error: two");
}
TEST(ErrorText, WithoutAPlaceTheProgramNamesItself) {
  EXPECT_EQ(error_text("no such file", ""), "uniharness: error: no such file");
  EXPECT_EQ(error_text("unknown key: 3:5: x", ""), "uniharness: error: unknown key: 3:5: x");
  EXPECT_EQ(error_text("", ""), "uniharness: error: ");
}

}  // namespace
}  // namespace harness
