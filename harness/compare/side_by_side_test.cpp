#include "compare/side_by_side.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

Series series(const std::string& name, const std::string& unit, std::vector<double> samples) {
  return {.name = name,
          .unit = unit,
          .better = Direction::lower,
          .noisy = unit != "instructions",
          .samples = std::move(samples),
          .fault = {},
          .tolerance = {},
          .limit = {}};
}

Measurements side(const std::string& source, std::vector<Series> all) {
  return {.scenario = "s",
          .source = source,
          .fingerprint = {{"host_name", "h|h"}},
          .series = std::move(all),
          .fault = {}};
}

TEST(SideBySide, TimesAreConvertedAndDivided) {
  const SideBySide table = side_by_side(side("host", {series("call", "us", {0.001, 0.003, 0.002})}),
                                        side("guest", {series("call", "ns", {8, 6, 7})}));
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_DOUBLE_EQ(*table.rows[0].left.median, 0.002);
  EXPECT_DOUBLE_EQ(*table.rows[0].right.median, 0.007);
  EXPECT_EQ(table.rows[0].right_unit, "us");
  EXPECT_DOUBLE_EQ(*table.rows[0].ratio, 3.5);
}

TEST(SideBySide, InstructionsAndTimesStandBesideEachOtherWithoutARatio) {
  const SideBySide table = side_by_side(side("host", {series("call", "ns", {2})}),
                                        side("guest", {series("call", "instructions", {10, 10})}));
  EXPECT_FALSE(table.rows.at(0).ratio.has_value());
  const std::string text = side_by_side_console(table);
  EXPECT_NE(text.find("2 ns"), text.npos) << text;
  EXPECT_NE(text.find("10 instructions"), text.npos) << text;
}

TEST(SideBySide, AnIntervalTakesFiveNoisySamples) {
  const std::vector<double> samples = {1, 2, 3, 4, 5};
  const SideBySide table =
      side_by_side(side("a", {series("x", "ns", samples), series("y", "ns", {1, 2, 3, 4})}),
                   side("b", {series("x", "instructions", samples), series("y", "ns", samples)}));
  EXPECT_TRUE(table.rows.at(0).left.interval.has_value());
  EXPECT_FALSE(table.rows.at(0).right.interval.has_value());
  EXPECT_FALSE(table.rows.at(1).left.interval.has_value());
}

TEST(SideBySide, WhatOneSideLacksAndWhatCannotBeUsedIsSaid) {
  Series broken = series("bad", "ns", {1});
  broken.fault = "it stopped with an error: oh";
  const SideBySide table =
      side_by_side(side("a", {series("left", "ns", {1}), broken}),
                   side("b", {series("right", "ns", {1}), series("bad", "ns", {1})}));
  EXPECT_EQ(table.left_only, std::vector<std::string>{"left"});
  EXPECT_EQ(table.right_only, std::vector<std::string>{"right"});
  for (const std::string& text : {side_by_side_console(table), side_by_side_markdown(table)}) {
    EXPECT_NE(text.find("it stopped with an error"), text.npos) << text;
    EXPECT_NE(text.find("left only"), text.npos) << text;
  }
}

TEST(SideBySide, AZeroHasNoRatio) {
  const SideBySide table =
      side_by_side(side("a", {series("x", "ns", {0})}), side("b", {series("x", "ns", {1})}));
  EXPECT_FALSE(table.rows.at(0).ratio.has_value());
}

TEST(SideBySide, NamesEndNoCellOfMarkdown) {
  const SideBySide table = side_by_side(side("a", {series("a|b<i>", "ns", {1})}),
                                        side("b", {series("a|b<i>", "ns", {1})}));
  const std::string text = side_by_side_markdown(table);
  EXPECT_EQ(text.find("a|b"), text.npos) << text;
  EXPECT_EQ(text.find("<i>"), text.npos) << text;
}

}  // namespace
}  // namespace harness
