#include "scenario/values.h"
#include "model/param.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

TEST(ParseRange, ReadsAllFourForms) {
  EXPECT_EQ(parse_range("50..500"), (Range{50, 500}));
  EXPECT_EQ(parse_range("10"), (Range{10, 10}));
  EXPECT_EQ(parse_range("..500"), (Range{0, 500}));
  EXPECT_EQ(parse_range("50.."), (Range{50, UINT64_MAX}));
  EXPECT_EQ(parse_range("1K..2M"), (Range{1024, 2 << 20}));
}
TEST(ParseRange, EndsAreInclusive) {
  const Range range = parse_range("5..6").value_or(Range{});
  EXPECT_FALSE(range.contains(4));
  EXPECT_TRUE(range.contains(5));
  EXPECT_TRUE(range.contains(6));
  EXPECT_FALSE(range.contains(7));
}
TEST(ParseRange, RefusesTheRest) {
  for (const char* text : {"", "..", "6..5", "a", "1..b", "-1", "1.5", "1...2", "1..2..3"}) {
    EXPECT_EQ(parse_range(text), std::nullopt) << text;
  }
}

TEST(ParseDuration, ReadsMillisecondsSecondsAndMinutes) {
  EXPECT_EQ(parse_duration("500ms"), 500u);
  EXPECT_EQ(parse_duration("10s"), 10'000u);
  EXPECT_EQ(parse_duration("2m"), 120'000u);
}
TEST(ParseDuration, RefusesOtherUnitsSignsFractionsAndOverflow) {
  for (const char* text : {"", "10", "s", "1h", "1.5s", "-1s", "10 s", "99999999999999999999s",
                           "999999999999999999m"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

TEST(Written, IsTheShortestFormThatReadsBack) {
  EXPECT_EQ(written(ParamType::count, 0), "0");
  EXPECT_EQ(written(ParamType::count, 1000), "1000");
  EXPECT_EQ(written(ParamType::count, 1024), "1K");
  EXPECT_EQ(written(ParamType::count, 64ull << 30), "64G");
  EXPECT_EQ(written(ParamType::duration, 500), "500ms");
  EXPECT_EQ(written(ParamType::duration, 10'000), "10s");
  EXPECT_EQ(written(ParamType::duration, 120'000), "2m");
}

TEST(ValueForms, EveryTypeHasARow) {
  for (int i = 0; i <= static_cast<int>(ParamType::command); ++i) {
    const auto type = static_cast<ParamType>(i);
    EXPECT_EQ(value_form(type).type, type);
    EXPECT_FALSE(value_form(type).accepted.empty());
  }
}

TEST(ReadValue, NumbersMustBeFinite) {
  const ParamSpec spec{.name = "x", .type = ParamType::number};
  for (const char* text : {"inf", "nan", "1e999", "1x", ""}) {
    Faults faults;
    EXPECT_FALSE(read_value({.kind = Node::Kind::scalar, .text = text}, spec, faults)) << text;
    EXPECT_FALSE(faults.empty()) << text;
  }
}

}  // namespace
}  // namespace harness
