#include "profile/saved.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/folder_testing.h"
#include "profile/flame.h"
#include "profile/render.h"
#include "profile/sample_profile.h"

namespace harness::profile {
namespace {

namespace fs = std::filesystem;

CountedProfile hostile() {
  CountedProfile profile = sample_profile();
  for (Function& function : profile.code.functions) function.name = "<script>alert(1)</script>";
  return profile;
}

class SavedProfile : public testing::Test {
 protected:
  SavedProfile() {
    write_atomically(folder / "profile.json", render_json(hostile(), "sample", "ab12"));
    write_atomically(folder / "profile.svg", "<svg onload=\"alert(1)\"/>");
  }
  TestFolder temporary;
  fs::path folder = temporary.path;
};

TEST_F(SavedProfile, BecomesATableAndAPictureInWhichNothingRuns) {
  const auto section = saved_section(folder, "ab12", false);
  ASSERT_TRUE(section.has_value());
  const std::string body = section->body.text();
  EXPECT_NE(body.find("<div class=\"flame\">"), std::string::npos);
  EXPECT_NE(body.find(" data-name=\"&lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_EQ(body.find("onload"), std::string::npos) << "what profile.svg says is not in the page";
  EXPECT_NE(body.find("<td>"), std::string::npos);
  EXPECT_NE(body.find("&lt;script&gt;alert(1)"), std::string::npos) << body;
  EXPECT_EQ(body.find("<script"), std::string::npos);
  EXPECT_EQ(body.find("href"), std::string::npos);
  EXPECT_NE(saved_section(folder, "ab12", true)->body.text().find("href=\"profile.svg\""),
            std::string::npos);
}

TEST_F(SavedProfile, ALongNameMakesNoHighRow) {
  CountedProfile profile = sample_profile();
  for (Function& function : profile.code.functions) function.name = std::string(5000, 'x');
  write_atomically(folder / "profile.json", render_json(profile, "sample", "ab12"));
  const std::string body = saved_section(folder, "ab12", false)->body.text();
  const std::string table = body.substr(0, body.find("</table>"));
  EXPECT_LT(table.size(), 10'000u);
  EXPECT_NE(table.find("xxxx"), std::string::npos);
}

// A frame has what its context executed and all below it, under its caller's, from where that
// begins; firmware has none, and what it called begins anew.
TEST(FlameGraph, HasAFrameForEachContextUnderItsCaller) {
  const SavedNumbers saved = saved_numbers_from_json(
      R"({"image_sha256": "", "guest": 100, "functions": [
          {"id": 1, "name": "firmware", "region": true, "self": 9, "total": 9, "calls": 1},
          {"id": 2, "name": "start", "self": 10, "total": 100, "calls": 1},
          {"id": 3, "name": "work", "self": 60, "total": 60, "calls": 7},
          {"id": 4, "name": "print", "self": 30, "total": 30, "calls": 2}],
          "contexts": [{"parent": 0, "function": 1, "calls": 1, "self": 9},
                       {"parent": 1, "function": 2, "calls": 1, "self": 10},
                       {"parent": 2, "function": 4, "calls": 2, "self": 30},
                       {"parent": 2, "function": 3, "calls": 7, "self": 60},
                       {"parent": 99, "function": 3, "calls": 1, "self": 1}]})",
      "profile.json");
  const std::string text = flame_markup(saved).text();
  EXPECT_NE(text.find("data-total=\"100\" role=\"img\""), text.npos) << text;
  EXPECT_EQ(text.find("firmware"), text.npos);
  for (const char* frame :
       {"data-name=\"start\" data-at=\"0\" data-total=\"100\" data-self=\"10\" data-calls=\"1\" "
        "data-depth=\"0\"",
        "data-name=\"work\" data-at=\"0\" data-total=\"60\" data-self=\"60\" data-calls=\"7\" "
        "data-depth=\"1\"",
        "data-name=\"print\" data-at=\"60\" data-total=\"30\" data-self=\"30\" data-calls=\"2\" "
        "data-depth=\"1\""}) {
    EXPECT_NE(text.find(frame), text.npos) << frame << " in " << text;
  }
}
TEST(FlameGraph, AFrameTooNarrowForItsNameHasTheShortOne) {
  SavedNumbers saved;
  saved.contexts = {{0, "ns::Type<ns::Other>::wide(int)", 900, 1},
                    {0, "ns::Type<ns::Other>::narrow(int)", 100, 1},
                    {0, "ns::Type<ns::Other>::hair(int)", 1, 1}};
  const std::string text = flame_markup(saved).text();
  EXPECT_NE(text.find(">ns::Type&lt;ns::Other&gt;::wide</text>"), text.npos) << text;
  EXPECT_NE(text.find(">narrow</text>"), text.npos) << text;
  EXPECT_NE(text.find(" data-brief=\"hair\""), text.npos) << text;
  EXPECT_EQ(text.find(">hair</text>"), text.npos) << text;
}
TEST(FlameGraph, OfAHundredThousandContextsTheLargestAreDrawn) {
  SavedNumbers saved;
  saved.contexts.push_back({0, "root", 1, 1});
  for (std::size_t i = 0; i < 100'000; ++i) saved.contexts.push_back({i % 50, "f", i + 2, 1});
  const std::string text = flame_markup(saved).text();
  EXPECT_LT(text.size(), 1u << 20);
  EXPECT_NE(text.find("data-name=\"root\""), text.npos);
  EXPECT_TRUE(flame_markup({}).empty());
}
TEST(FlameGraph, AChainWithoutEndIsCutAtADepth) {
  SavedNumbers saved;
  for (std::size_t i = 0; i < 1'000; ++i) saved.contexts.push_back({i, "again", 1, 1});
  const std::string text = flame_markup(saved).text();
  EXPECT_NE(text.find("data-depth=\"119\""), text.npos);
  EXPECT_EQ(text.find("data-depth=\"120\""), text.npos);
}

TEST_F(SavedProfile, OfAnotherImageIsNotShown) {
  EXPECT_FALSE(saved_section(folder, "cd34", false).has_value());
}

TEST_F(SavedProfile, ThatIsDamagedIsNotShown) {
  const std::string whole = read_file(folder / "profile.json");
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    std::ofstream(folder / "profile.json") << whole.substr(0, size);
    EXPECT_FALSE(saved_section(folder, "ab12", false).has_value()) << size;
  }
  for (const char* text : {"{}", "[]", "{\"image_sha256\":\"ab12\",\"guest\":-1}",
                           "{\"image_sha256\":\"ab12\",\"guest\":1,\"functions\":{\"a\":1}}"}) {
    std::ofstream(folder / "profile.json") << text;
    EXPECT_FALSE(saved_section(folder, "ab12", false).has_value()) << text;
  }
  std::ofstream(folder / "profile.json") << whole;
  EXPECT_TRUE(saved_section(folder, "ab12", false).has_value());
  fs::remove(folder / "profile.svg");
  EXPECT_FALSE(saved_section(folder, "ab12", false).has_value());
}

}  // namespace
}  // namespace harness::profile
