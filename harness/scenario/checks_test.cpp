#include <gtest/gtest.h>

#include "check/table.h"
#include "scenario/messages.h"

namespace harness {
namespace {

using namespace testing_scenario;

/// What one check entry is told; the entry stands in line 4, its kind in column 5.
std::string told(const std::string& entry) {
  return complaint_after("checks:\n  - " + entry + "\n");
}
CheckSpec read(const std::string& entry) {
  return parse_scenario(kMinimal + "checks:\n  - " + entry + "\n", "s.yaml").checks.at(0);
}

TEST(CheckEntry, TheExampleOfEveryKindLoads) {
  for (const CheckKind& kind : check_kinds()) {
    const CheckSpec spec = read(std::string(kind.example));
    EXPECT_EQ(spec.kind, kind.name);
    EXPECT_EQ(spec.params.empty(), kind.params.empty()) << kind.name;
  }
}
TEST(CheckEntry, EveryScalarFormLoads) {
  EXPECT_EQ(std::get<std::string>(read("test: fibonacci").params.at("name")), "fibonacci");
  EXPECT_EQ(std::get<std::uint64_t>(read("bench: 10000").params.at("calls")), 10000u);
  EXPECT_EQ(std::get<std::vector<std::string>>(read("order: [a, b]").params.at("texts")),
            (std::vector<std::string>{"a", "b"}));
}
TEST(CheckEntry, AnEmptyMapIsAllDefaults) { EXPECT_TRUE(read("profile: {}").params.empty()); }
TEST(CheckEntry, NumbersAndWordsOfYamlAreTextWhereTextIsAsked) {
  const CheckSpec spec = read("test: {name: true, result: 55}");
  EXPECT_EQ(std::get<std::string>(spec.params.at("name")), "true");
  EXPECT_EQ(std::get<std::string>(spec.params.at("result")), "55");
}

TEST(CheckMistake, UnknownKind) {
  EXPECT_EQ(told("profle: {name: a}").substr(0, 60),
            "s.yaml:4:5: unknown check 'profle' (did you mean 'profile'?)");
}
TEST(CheckMistake, UnknownParameter) {
  EXPECT_EQ(told("timing: {name: Init, mx: 3}"),
            "s.yaml:4:26: unknown key 'mx' in check 'timing' (did you mean 'max'?) | check "
            "'timing' takes: name, min, max, cycles, clock, boots");
}
TEST(CheckMistake, MissingParameter) {
  EXPECT_EQ(told("timing: {max: 3}"),
            "s.yaml:4:13: check 'timing' lacks the key 'name' | add name: a text on one line");
  EXPECT_EQ(told("text: {count: 3}"),
            "s.yaml:4:11: check 'text' lacks one of: text, pattern | give exactly one of them");
}
TEST(CheckMistake, ParametersThatExcludeEachOther) {
  EXPECT_EQ(told("text: {text: a, pattern: b}"),
            "s.yaml:4:21: 'text' and 'pattern' exclude each other in check 'text' | give only one "
            "of them");
}
TEST(CheckMistake, ParameterThatNeedsAnother) {
  EXPECT_EQ(told("vga: {screen: matches serial, color: red}"),
            "s.yaml:4:35: 'color' in check 'vga' needs 'text' beside it | add text, or remove "
            "color");
}
TEST(CheckMistake, BadRange) {
  for (const char* range : {"500..50", "..", "a..b", "-1..5", "1...5", "1..2..3", "1 .. 2"}) {
    EXPECT_EQ(told("profile: {avg: " + std::string(range) + "}"),
              "s.yaml:4:20: avg: '" + std::string(range) +
                  "' is not accepted | write a range: 10, 50..500, ..500 or 50..");
  }
}
TEST(CheckMistake, MaxBelowMin) {
  EXPECT_EQ(told("timing: {name: a, min: 5, max: 4}"),
            "s.yaml:4:36: max 4 is below min 5 in check 'timing' | no value can be within these "
            "limits: swap or correct them");
}
TEST(CheckMistake, BadRegularExpression) {
  EXPECT_EQ(told("forbid: {pattern: \"a(b\"}"),
            "s.yaml:4:23: pattern: 'a(b': missing ): a(b | write a regular expression as RE2 "
            "reads it");
}
TEST(CheckMistake, UnknownColour) {
  EXPECT_EQ(told("vga: {text: a, color: light gren}"),
            "s.yaml:4:27: color: 'light gren' is not accepted (did you mean 'light green'?) | "
            "write one of: black, blue, green, cyan, red, magenta, brown, light gray, dark gray, "
            "light blue, light green, light cyan, light red, light magenta, yellow, white");
}
TEST(CheckMistake, RowOffTheScreen) {
  EXPECT_EQ(told("vga: {text: a, row: 26}"),
            "s.yaml:4:25: row: 26 is out of range | write a whole number: 10, 24K, 4M (K, M, G "
            "are powers of 1024); from 1 to 25");
}
TEST(CheckMistake, PercentOverAHundred) {
  EXPECT_EQ(told("reduction: {of: app, from: 10, at_least: 101}"),
            "s.yaml:4:46: at_least: 101 is out of range | write a number: 10 or 0.25; from 0 to "
            "100");
}
TEST(CheckMistake, EndingsThatAreOurs) {
  EXPECT_EQ(told("ending: harness_error"),
            "s.yaml:4:13: ending: 'harness_error' is not accepted | write one of: pass, fail, "
            "skip, panic, reset, exit_unsignalled, timeout, idle, no_output, truncated, "
            "invalid_data");
  EXPECT_NE(told("ending: interrupted"), "");
}
TEST(CheckMistake, SecondEnding) {
  EXPECT_EQ(told("ending: pass\n  - ending: panic"),
            "s.yaml:5:5: a second 'ending' (first in line 4) | a run has one expected ending: keep "
            "one of the two");
}
TEST(CheckMistake, ScalarForACheckThatTakesParameters) {
  EXPECT_EQ(told("memory: 5"),
            "s.yaml:4:13: check 'memory' takes parameters, not a single value | for example: - "
            "memory: {heap_used: 0, heap_peak: ..200K, stack_used: 1..16K}");
}
TEST(CheckMistake, ChecksWithoutParametersAreTrueOrAbsent) {
  for (const char* value : {"false", "{}", "[]", "yes"}) {
    EXPECT_EQ(told("clean: " + std::string(value)),
              "s.yaml:4:12: check 'clean' has no parameters | for example: - clean: true; remove "
              "the line if it is not needed")
        << value;
  }
}
TEST(CheckMistake, EntryThatIsNotOneKey) {
  EXPECT_EQ(told("clean"),
            "s.yaml:4:5: a check is one key with its value, this is a single value | for example: "
            "- clean: true");
  EXPECT_EQ(told("{}"),
            "s.yaml:4:5: a check is one key with its value, this is an empty map | for example: - "
            "ending: pass");
  EXPECT_EQ(told("timing: Init\n    max: 3"),
            "s.yaml:5:5: a check is one key, 'max' is a second | start the next check with '- '; "
            "put parameters in braces: - timing: {name: Init, max: 200000}");
}
TEST(CheckMistake, ChecksThatAreNoList) {
  EXPECT_EQ(complaint_after("checks: {ending: pass}\n"),
            "s.yaml:3:9: checks holds a map, must hold a list | write each check on a line of its "
            "own: - ending: pass");
}
TEST(CheckMistake, EmptyTextMatchesEverythingAndIsRefused) {
  EXPECT_EQ(told("text: \"\""), "s.yaml:4:11: text: '' is not accepted | write a text on one line");
  EXPECT_EQ(told("text: \"a\\nb\""),
            "s.yaml:4:11: text: 'a\\x0Ab' is not accepted | write a text on one line");
  EXPECT_EQ(told("order: []"),
            "s.yaml:4:12: order: the list is empty | write a list of texts: "
            "[first, second]");
  EXPECT_EQ(told("order: [a, \"\"]"),
            "s.yaml:4:16: order: an item is empty or has several lines | write a list of texts: "
            "[first, second]");
  EXPECT_EQ(told("order: a"),
            "s.yaml:4:12: 'order' holds a single value | write a list of texts: [first, second]");
}

}  // namespace
}  // namespace harness
