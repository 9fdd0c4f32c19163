#include "profile/saved.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/folder_testing.h"
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
  EXPECT_NE(body.find("<img src=\"data:image/svg+xml;base64,"), std::string::npos);
  EXPECT_NE(body.find("<td>"), std::string::npos);
  EXPECT_NE(body.find("&lt;script&gt;alert(1)"), std::string::npos) << body;
  EXPECT_EQ(body.find("<script"), std::string::npos);
  EXPECT_EQ(body.find("href"), std::string::npos);
  EXPECT_NE(saved_section(folder, "ab12", true)->body.text().find("href=\"profile.svg\""),
            std::string::npos);
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
