#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "compare/compare.h"
#include "compare/compare_testing.h"
#include "compare/figures.h"
#include "compare/render.h"

namespace harness {
namespace {

using namespace testing_compare;

TEST(CompareNoisy, MeanOverTooFewSamplesIsNeverAPassOrAFail) {
  for (const double value : {100.0, 10000.0}) {
    const Comparison result =
        compared(noisy("a", {100, 100, 100, 100}), noisy("a", {value, value, value, value}));
    EXPECT_EQ(change_of(result), Change::inconclusive);
    EXPECT_EQ(result.status, ExitStatus::inconclusive);
    EXPECT_NE(result.rows[0].detail.find("too few samples"), std::string::npos);
  }
}

TEST(CompareNoisy, TooFewBootsForSoManyNumbersSayHowManyItTakes) {
  const auto boots = [](std::size_t count, double factor) {
    std::vector<Series> all;
    for (int i = 0; i < 23; ++i) {
      // All by one factor would be another clock, and invalid.
      std::vector<double> samples = around(100 * (i % 2 == 0 ? factor : factor * factor));
      samples.resize(count);
      all.push_back(noisy(fmt::format("n{}", i), samples));
    }
    Measurements one = side(all);
    one.fingerprint = {{"clock", "host"}};
    return one;
  };
  const Comparison few = compare(boots(5, 1), boots(5, 2), {});
  EXPECT_EQ(few.status, ExitStatus::inconclusive);
  const std::string wanted =
      "5 samples of a noisy number, and it takes 8 of each side to tell 23 numbers apart: measure "
      "with --boots 9 or more (the first is warm-up)";
  EXPECT_NE(std::ranges::find(few.notes, "BASE: " + wanted), few.notes.end());
  EXPECT_NE(std::ranges::find(few.notes, "NEW: " + wanted), few.notes.end());
  const Comparison four = compare(boots(4, 1), boots(4, 2), {});
  EXPECT_NE(four.rows[0].detail.find("at least 8 of each"), std::string::npos)
      << "five would not do: " << four.rows[0].detail;

  const Comparison enough = compare(boots(8, 1), boots(8, 2), {});
  EXPECT_EQ(enough.status, ExitStatus::regression);
  for (const std::string& note : enough.notes) EXPECT_EQ(note.find("--boots"), note.npos) << note;
}

TEST(CompareNoisy, EnoughSamplesTellASlowdown) {
  EXPECT_EQ(change_of(compared(noisy("a", around(100)), noisy("a", around(150)))),
            Change::regression);
  EXPECT_EQ(change_of(compared(noisy("a", around(150)), noisy("a", around(100)))),
            Change::improvement);
  EXPECT_EQ(change_of(compared(noisy("a", around(100)), noisy("a", around(100)))),
            Change::unchanged);
}

TEST(CompareNoisy, AToleranceThatHoldsForSureIsAPass) {
  Rules rules;
  rules.tolerance = parse_tolerance("10%");
  const Comparison result = compared(noisy("a", around(1000)), noisy("a", around(1048)), rules);
  EXPECT_EQ(change_of(result), Change::unchanged) << result.rows[0].detail;
  EXPECT_EQ(change_of(compared(noisy("a", around(1000)), noisy("a", around(1200)), rules)),
            Change::regression);
}

TEST(CompareNoisy, OneFactorIsSeenWhereMemoryStaysAndSmallNumbersAreRounded) {
  const Measurements base = side({exact("a", 1000), exact("b", 5000), exact("c", 9001),
                                  exact("per call", 5), exact("heap_peak", 128, "bytes")});
  const Comparison result = compare(base,
                                    side({exact("a", 1300), exact("b", 6500), exact("c", 11701),
                                          exact("per call", 6), exact("heap_peak", 128, "bytes")}),
                                    {});
  ASSERT_EQ(result.notes.size(), 1u);
  EXPECT_TRUE(
      result.notes[0].starts_with("3 of 3 numbers in instructions moved by one factor (1.30)"))
      << result.notes[0] << ": 5 and 6 say neither that they moved nor that they did not";
}

TEST(CompareNoisy, NumbersTooSmallToTellAFactorTellNone) {
  const auto notes = [](std::vector<Series> base, std::vector<Series> candidate) {
    return compare(side(std::move(base)), side(std::move(candidate)), {}).notes.size();
  };
  EXPECT_EQ(notes({exact("a", 2), exact("b", 3), exact("c", 1), exact("d", 2)},
                  {exact("a", 3), exact("b", 4), exact("c", 1), exact("d", 1)}),
            0u);
  // What is not whole was not rounded to be so.
  EXPECT_EQ(notes({exact("a", 0.25), exact("b", 0.75), exact("c", 0.5)},
                  {exact("a", 0.75), exact("b", 0.9), exact("c", 0.25)}),
            0u);
  EXPECT_EQ(notes({exact("a", 0.25), exact("b", 0.75), exact("c", 0.5)},
                  {exact("a", 0.5), exact("b", 1.5), exact("c", 1.0)}),
            1u);
}

TEST(CompareNoisy, EverythingMovedByOneFactorIsSaid) {
  const auto all = [](double factor) {
    return side({exact("a", 1000 * factor), exact("b", 2000 * factor), exact("c", 3000 * factor)});
  };
  EXPECT_EQ(compare(all(1), all(1), {}).notes.size(), 0u);
  const Comparison moved = compare(all(1), all(1.5), {});
  ASSERT_EQ(moved.notes.size(), 1u);
  EXPECT_NE(moved.notes[0].find("one factor (1.50)"), std::string::npos);
  EXPECT_EQ(compare(all(1), side({exact("a", 1500), exact("b", 2000), exact("c", 3000)}), {})
                .notes.size(),
            0u);
}

}  // namespace
}  // namespace harness
