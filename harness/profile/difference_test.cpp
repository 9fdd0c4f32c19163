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
