#include "profile/difference.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "base/folder_testing.h"

namespace harness::profile {
namespace {

const SavedNumbers kBase{.scenario = "s",
                         .image_sha256 = "a",
                         .guest = 1000,
                         .functions = {{"main", 500, 1000, 1},
                                       {"f(int) @0x100", 200, 200, 10},
                                       {"f(int) @0x200", 100, 100, 10},
                                       {"gone", 50, 50, 2},
                                       {"same", 150, 150, 3}}};
const SavedNumbers kNow{.scenario = "s",
                        .image_sha256 = "b",
                        .guest = 1010,
                        .functions = {{"main", 500, 1010, 1},
                                      {"f(int) @0x180", 210, 210, 10},
                                      {"f(int) @0x280", 100, 100, 12},
                                      {"fresh\x1b", 50, 50, 2},
                                      {"same", 150, 150, 3}}};

TEST(Difference, IsByOwnInstructionsWhatMovedMostFirst) {
  const std::vector<FunctionChange> changes = changes_between(kBase, kNow);
  std::string told;
  for (const FunctionChange& one : changes)
    told += one.name + " " + std::to_string(one.moved()) + "; ";
  EXPECT_EQ(told, "fresh\x1b 50; gone -50; f(int) @0x180 10; f(int) @0x280 0; ");
  EXPECT_TRUE(changes_between(kBase, kBase).empty());
  EXPECT_EQ(moved_by_name(changes).at("f(int) @0x180"), 10);
}

TEST(Difference, TheCauseStandsBeforeWhatIsOnlyCalledMoreOften) {
  // A number that became longer: its digits are printed by functions that move further.
  SavedNumbers base, now;
  base.functions = {{"put(char)", 8000, 8000, 200},
                    {"write", 6000, 9000, 90},
                    {"parse(int)", 170, 170, 10},
                    {"digits", 900, 900, 7}};
  now.functions = {{"put(char)", 8040, 8040, 201},
                   {"write", 6020, 9060, 90},
                   {"parse(int)", 180, 180, 10},
                   {"digits", 1030, 1030, 7}};
  const std::vector<FunctionChange> changes = causes_first(changes_between(base, now));
  ASSERT_EQ(changes.size(), 4u);
  EXPECT_EQ(change_words(changes[0]), "parse: 170 → 180 own instructions (+10) in 10 calls");
  EXPECT_EQ(changes[1].name, "digits");
  EXPECT_EQ(change_words(changes[2]), "write: 6,000 → 6,020 own instructions (+20) in 90 calls");
  EXPECT_EQ(change_words(changes[3]),
            "put: 8,000 → 8,040 own instructions (+40) in 200 → 201 calls");
  const FunctionChange fresh{.name = "f\x1b", .before = {}, .after = {"f\x1b", 5, 5, 1}};
  EXPECT_EQ(change_words(fresh), "new: f\\x1B: 0 → 5 own instructions (+5) in 1 call");
  const FunctionChange gone{.name = "f", .before = {"f", 5, 5, 1}, .after = {}};
  EXPECT_EQ(change_words(gone), "gone: f: 5 → 0 own instructions (-5) in 1 call");
}

// A checksum that is printed moves "hex" evenly, and by a larger share than the cause.
TEST(Difference, WhatGrewByAsMuchAsANumberDidIsItsCause) {
  SavedNumbers base, now;
  base.functions = {{"sum", 400'900, 400'900, 100}, {"hex", 394, 394, 2}, {"one", 9, 9, 1}};
  now.functions = {{"sum", 401'000, 401'000, 100}, {"hex", 392, 392, 2}, {"one", 10, 10, 1}};
  const std::vector<FunctionChange> changes = changes_between(base, now);
  EXPECT_NE(causes_first(changes)[0].name, "sum") << "shares alone do not tell";
  const std::vector<FunctionChange> causes = causes_of({1, 100}, changes);
  ASSERT_EQ(causes.size(), 3u);
  EXPECT_EQ(causes[0].name, "sum");
  EXPECT_EQ(causes[1].name, "one");
  EXPECT_EQ(causes[2].name, "hex");
}

TEST(Difference, FunctionsThatAreKeptAreReadAgain) {
  SavedNumbers numbers = kNow;
  numbers.of = "acceptance 3";
  const std::string text = saved_numbers_to_json(numbers);
  EXPECT_NE(text.find("\n  {\"name\":\"main\",\"self\":500,\"total\":1010,\"calls\":1},\n"),
            text.npos)
      << text;
  const SavedNumbers again = saved_numbers_from_json(text, "kept.json");
  EXPECT_EQ(again.of, "acceptance 3");
  EXPECT_EQ(again.guest, 1010u);
  const std::vector<FunctionChange> moved = changes_between(kBase, again);
  EXPECT_EQ(moved.size(), changes_between(kBase, kNow).size());
  EXPECT_TRUE(saved_numbers_from_json(saved_numbers_to_json({}), "none.json").functions.empty());
}

TEST(Difference, OnATerminalSaysBeforeAndAfter) {
  const std::string text = render_changes(kBase, kNow, "reports/base", 3, 80);
  EXPECT_EQ(text,
            "\nagainst reports/base: 1,000 → 1,010 instructions of the guest's own (+10)\n"
            "\n    self moved  function: self, calls\n"
            "           +50  new: fresh\\x1B: 0 → 50, 0 → 2\n"
            "           -50  gone: gone: 50 → 0, 2 → 0\n"
            "           +10  f: 200 → 210, 10\n"
            "                and 1 more (--top 4)\n");
  EXPECT_NE(render_changes(kBase, kBase, "x", 3, 80).find("no function moved"), std::string::npos);
}

TEST(SavedNumbers, OfAnythingElseAreRefused) {
  TestFolder folder;
  const auto refusal = [&](const std::string& text) -> std::string {
    std::ofstream(folder.path / "profile.json") << text;
    try {
      read_saved_numbers(folder.path);
    } catch (const Error& error) {
      return error.what();
    }
    return "read without complaint";
  };
  for (const char* text :
       {"", "{}", "[1", "{\"scenario\": \"s\", \"image_sha256\": \"a\", \"guest\": -1}",
        "{\"scenario\": 1}"}) {
    EXPECT_NE(refusal(text).find("profile.json' is not a profile"), std::string::npos) << text;
  }
  EXPECT_EQ(refusal("{\"scenario\": \"s\", \"image_sha256\": \"a\", \"guest\": 1, \"functions\": "
                    "[{\"name\": \"f\", \"self\": 1, \"total\": 2, \"calls\": 3}]}"),
            "read without complaint");
  EXPECT_THROW(read_saved_numbers(folder.path / "none"), Error);
}

}  // namespace
}  // namespace harness::profile
