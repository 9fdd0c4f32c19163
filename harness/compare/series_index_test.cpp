#include "compare/series_index.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

Measurements named(const std::vector<std::string>& names) {
  Measurements side;
  for (const std::string& name : names) side.series.emplace_back().name = name;
  return side;
}

TEST(SeriesIndex, FindsInAnyOrder) {
  const Measurements side = named({"a", "b", "c", "d"});
  SeriesIndex index(side);
  for (const char* name : {"a", "b", "d", "c", "d", "a", "c", "c", "b"}) {
    const Series* const found = index.find(name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->name, name);
    EXPECT_EQ(index.find("x"), nullptr);
  }
  const Measurements none;
  EXPECT_EQ(SeriesIndex(none).find("a"), nullptr);
}

TEST(SeriesIndex, OfTwoOfOneNameTheFirstIsFound) {
  const Measurements side = named({"a", "b", "b", "a"});
  SeriesIndex index(side);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(index.find("a"), &side.series[0]);
    EXPECT_EQ(index.find("b"), &side.series[1]);
    EXPECT_EQ(index.find("b"), &side.series[1]) << "and not the one behind it";
  }
}

TEST(SeriesIndex, TellsNamesOfSeveral) {
  const Measurements side = named({"a", "b", "b", "c"});
  const SeriesIndex index(side);
  EXPECT_TRUE(index.is_ambiguous("b"));
  EXPECT_FALSE(index.is_ambiguous("a"));
  EXPECT_FALSE(index.is_ambiguous("x"));
}

}  // namespace
}  // namespace harness
