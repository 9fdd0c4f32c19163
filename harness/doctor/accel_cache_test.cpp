#include "doctor/accel_cache.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/folder_testing.h"

namespace harness::doctor {
namespace {

namespace fs = std::filesystem;

struct AccelCache : testing::Test {
  TestFolder temporary;
  fs::path folder = temporary.path;
  fs::path file = folder / "accelerators.json";
};

TEST_F(AccelCache, AnAnswerIsForItsKeyAlone) {
  EXPECT_FALSE(cached_accel(file, "a"));
  cache_accel(file, "a", {"kvm", "fast"});
  cache_accel(file, "b", {"tcg", "kvm does not work: \x1b[2J \xff"});
  EXPECT_EQ(cached_accel(file, "a")->accel, "kvm");
  EXPECT_EQ(cached_accel(file, "a")->why, "fast");
  EXPECT_EQ(cached_accel(file, "b")->accel, "tcg");
  EXPECT_FALSE(cached_accel(file, "c"));
}

TEST_F(AccelCache, DamageIsNoAnswerAndIsReplaced) {
  for (const char* text : {"", "{", "[]", "{\"a\": 1}", "{\"a\": {\"accel\": \"hvf\"}}"}) {
    std::ofstream(file) << text;
    EXPECT_FALSE(cached_accel(file, "a")) << text;
  }
  cache_accel(file, "a", {"tcg", ""});
  EXPECT_TRUE(cached_accel(file, "a"));
}

TEST_F(AccelCache, DoesNotGrowForEver) {
  for (int i = 0; i < 100; ++i) cache_accel(file, "key " + std::to_string(i), {"tcg", ""});
  EXPECT_FALSE(cached_accel(file, "key 0"));
  EXPECT_TRUE(cached_accel(file, "key 99"));
  EXPECT_LT(fs::file_size(file), 2000u);
}

TEST(AccelKey, NamesTheBinaryAndTheHost) {
  EXPECT_NE(accel_key("i386"), accel_key("x86_64"));
  EXPECT_EQ(accel_key("i386"), accel_key("i386"));
}

}  // namespace
}  // namespace harness::doctor
