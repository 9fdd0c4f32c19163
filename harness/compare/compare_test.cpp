#include "compare/compare.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "compare/compare_testing.h"
#include "compare/figures.h"
#include "compare/render.h"

namespace harness {
namespace {

using namespace testing_compare;

// ---- exact numbers ----------------------------------------------------------------------------

TEST(CompareExact, OneInstructionMoreIsARegressionAndIsNamed) {
  const Comparison result = compared(exact("fibonacci avg", 2842), exact("fibonacci avg", 2843));
  EXPECT_EQ(change_of(result), Change::regression);
  EXPECT_EQ(result.status, ExitStatus::regression);
  EXPECT_NE(comparison_console({result}, false)
                .find("fibonacci avg: 2,842 → 2,843 instructions (+1, +0.04 %)"),
            std::string::npos);
}

TEST(CompareExact, EqualIsUnchangedAndLessIsAnImprovement) {
  EXPECT_EQ(compared(exact("a", 7), exact("a", 7)).status, ExitStatus::pass);
  const Comparison result = compared(exact("a", 7), exact("a", 6));
  EXPECT_EQ(change_of(result), Change::improvement);
  EXPECT_EQ(result.status, ExitStatus::pass);
}

TEST(CompareExact, HundredTimesSlowerIsARegression) {
  EXPECT_EQ(compared(exact("a", 50), exact("a", 5000)).status, ExitStatus::regression);
}

TEST(CompareExact, MorePerSecondIsBetterAndAChangeOfAnUnknownUnitIsNot) {
  EXPECT_EQ(change_of(compared(exact("a", 5, "MB/s"), exact("a", 6, "MB/s"))), Change::improvement);
  EXPECT_EQ(change_of(compared(exact("a", 6, "MB/s"), exact("a", 5, "MB/s"))), Change::regression);
  EXPECT_EQ(change_of(compared(exact("a", 6, "llamas"), exact("a", 5, "llamas"))),
            Change::regression);
}

TEST(CompareExact, ToleranceEndsWhereItSays) {
  Rules rules;
  rules.tolerances["a"] = *parse_tolerance("2%");
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1020), rules).status, ExitStatus::pass);
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1021), rules).status, ExitStatus::regression);
  rules.tolerances["a"] = *parse_tolerance("3 instructions");
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1003), rules).status, ExitStatus::pass);
  EXPECT_EQ(compared(exact("a", 1000), exact("a", 1004), rules).status, ExitStatus::regression);
}

TEST(CompareExact, ToleranceOfAnotherUnitOrForNoNumberIsAMistake) {
  Rules rules;
  rules.tolerances["a"] = *parse_tolerance("3 bytes");
  EXPECT_THROW(compared(exact("a", 1), exact("a", 1), rules), UsageError);
  rules.tolerances = {{"b", {}}};
  EXPECT_THROW(compared(exact("a", 1), exact("a", 1), rules), UsageError);
}

TEST(CompareExact, AToleranceTakesPatternsAndTheKindOfLine) {
  const auto base = side({exact("fib avg", 1000), exact("fib total", 1000), exact("sum", 1000)});
  const auto moved = side({exact("fib avg", 1010), exact("fib total", 1010), exact("sum", 1010)});
  Rules rules;
  rules.tolerances["fib*"] = *parse_tolerance("2%");
  EXPECT_EQ(compare(base, moved, rules).status, ExitStatus::regression) << "sum has none";
  rules.tolerances["timing sum"] = *parse_tolerance("1%");
  EXPECT_EQ(compare(base, moved, rules).status, ExitStatus::pass);
  rules.tolerances["fib avg"] = *parse_tolerance("+0");
  EXPECT_EQ(compare(base, moved, rules).status, ExitStatus::regression)
      << "a name goes before a pattern";
  rules.tolerances["*total"] = *parse_tolerance("9%");
  EXPECT_THROW(compare(base, moved, rules), UsageError) << "two patterns about 'fib total'";
}

TEST(CompareExact, AToleranceForAMisspeltNumberSaysWhichIsMeant) {
  Rules rules;
  rules.tolerances["fibonaci avg"] = *parse_tolerance("2%");
  const auto numbers = side({exact("fibonacci avg", 1)});
  try {
    compare(numbers, numbers, rules);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find(": did you mean 'fibonacci avg'?"), std::string::npos)
        << error.what();
  }
}

TEST(CompareExact, ToleranceInAUnitIsAboutTheNumbersInThatUnit) {
  Rules rules;
  rules.tolerance = parse_tolerance("200 instructions");
  const Measurements base = side({exact("a", 1000), exact("heap_peak", 128, "bytes")});
  EXPECT_EQ(compare(base, side({exact("a", 1200), exact("heap_peak", 128, "bytes")}), rules).status,
            ExitStatus::pass);
  EXPECT_EQ(compare(base, side({exact("a", 1000), exact("heap_peak", 129, "bytes")}), rules).status,
            ExitStatus::regression)
      << "bytes are exact still";
  rules.tolerance = parse_tolerance("200 cycles");
  EXPECT_THROW(compare(base, base, rules), UsageError) << "no number is in cycles";
}

TEST(CompareExact, LimitHoldsWhateverTheToleranceSays) {
  Series base = exact("a", 1000);
  base.tolerance = parse_tolerance("50%");
  base.limit = 1100;
  EXPECT_EQ(compared(base, exact("a", 1100)).status, ExitStatus::pass);
  EXPECT_EQ(compared(base, exact("a", 1101)).status, ExitStatus::regression);
}

// ---- what does not compare --------------------------------------------------------------------

TEST(CompareRefuses, TwoSidesWithNothingInCommon) {
  const Comparison result = compare(side({exact("a", 1)}), side({exact("b", 2)}), {});
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_NE(comparison_console({result}, false).find("no number in common"), std::string::npos);
}

TEST(CompareRefuses, VanishedAndNewNumbersUnlessAllowed) {
  const Measurements base = side({exact("a", 1), exact("b", 2)}), candidate = side({exact("a", 1)});
  const Comparison gone = compare(base, candidate, {});
  EXPECT_EQ(change_of(gone, 1), Change::missing);
  EXPECT_EQ(gone.status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(candidate, base, {}).status, ExitStatus::invalid_data);
  Rules rules;
  rules.allow_missing = true;
  EXPECT_EQ(compare(base, candidate, rules).status, ExitStatus::pass);
  EXPECT_EQ(compare(candidate, base, rules).status, ExitStatus::invalid_data);
  rules.allow_new = true;
  EXPECT_EQ(compare(candidate, base, rules).status, ExitStatus::pass);
}

TEST(CompareRefuses, RenamedNumbersAreSuspectedByValueAndUnit) {
  const Comparison result = compare(side({exact("a", 1), exact("old", 77), exact("x", 5)}),
                                    side({exact("a", 1), exact("new", 77), exact("y", 6)}), {});
  ASSERT_EQ(result.rows.size(), 4u);
  EXPECT_EQ(change_of(result, 1), Change::renamed);
  EXPECT_NE(result.rows[1].detail.find("'new'"), std::string::npos);
  EXPECT_EQ(change_of(result, 2), Change::missing);
  EXPECT_EQ(change_of(result, 3), Change::added);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, ChangeOfUnitOrDirection) {
  EXPECT_EQ(change_of(compared(exact("a", 1), exact("a", 1, "bytes"))), Change::not_comparable);
  Series other = exact("a", 1);
  other.better = Direction::higher;
  const Comparison result = compared(exact("a", 1), other);
  EXPECT_EQ(change_of(result), Change::not_comparable);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, SamplesThatCannotBe) {
  for (const double bad : {-1.0, std::nan(""), std::numeric_limits<double>::infinity(), 8.0}) {
    Series series = exact("a", 7);
    series.samples = {7, bad};
    EXPECT_EQ(compared(exact("a", 7), series).status, ExitStatus::invalid_data) << bad;
    EXPECT_EQ(compared(series, exact("a", 7)).status, ExitStatus::invalid_data) << bad;
  }
  Series none = exact("a", 7);
  none.samples.clear();
  EXPECT_EQ(compared(exact("a", 7), none).status, ExitStatus::invalid_data);
}

TEST(CompareRefuses, UnlikeFingerprintsUnlessAskedAndThenSaysSo) {
  Measurements base = side({exact("a", 1)}), candidate = base;
  candidate.fingerprint = {{"clock", "host"}};
  Rules rules;
  Comparison result = compare(base, candidate, rules);
  EXPECT_EQ(result.status, ExitStatus::invalid_data);
  EXPECT_NE(result.faults.at(0).find("clock: counted and host"), std::string::npos);
  rules.ignore_fingerprint = true;
  result = compare(base, candidate, rules);
  EXPECT_EQ(result.status, ExitStatus::pass);
  EXPECT_NE(comparison_markdown({result}).find("clock: counted and host"), std::string::npos);
}

TEST(CompareRefuses, WhatTheRulesAllowHasNoCross) {
  const Measurements base = side({exact("a", 1), exact("gone", 2)});
  const Measurements candidate = side({exact("a", 1), exact("added", 3)});
  Rules rules;
  rules.allow_missing = true;
  const Comparison half = compare(base, candidate, rules);
  EXPECT_EQ(half.status, ExitStatus::invalid_data);
  const std::string console = comparison_console({half}, false);
  EXPECT_EQ(console.find("✗ missing"), console.npos) << console;
  EXPECT_NE(console.find("missing        gone"), console.npos) << console;
  EXPECT_NE(console.find("✗ new"), console.npos) << "that is not allowed: " << console;
  rules.allow_new = true;
  const Comparison whole = compare(base, candidate, rules);
  EXPECT_EQ(whole.status, ExitStatus::pass);
  EXPECT_EQ(comparison_console({whole}, false).find("✗"), std::string::npos);
  EXPECT_EQ(comparison_markdown({whole}).find("✗"), std::string::npos);
  EXPECT_EQ(comparison_section(whole).body.text().find("bad"), std::string::npos);
}

TEST(CompareRefuses, AFieldThatOnlyOneFingerprintHas) {
  Measurements base = side({exact("a", 1)}), candidate = base;
  candidate.fingerprint.emplace_back("kernel", "6.1");
  EXPECT_EQ(compare(base, candidate, {}).status, ExitStatus::invalid_data);
  EXPECT_EQ(compare(candidate, base, {}).status, ExitStatus::invalid_data);
}

// ---- two names --------------------------------------------------------------------------------

TEST(CompareNames, AreANoteAndForAGateAFaultUnlessThatIsWaived) {
  Measurements base = side({exact("a", 1)}), other = base;
  other.scenario = "t";
  const std::string names = "two names are compared: s and t";
  EXPECT_EQ(compare(base, other, {}).notes, std::vector{names});
  EXPECT_EQ(compare(base, other, {}).status, ExitStatus::pass);

  Rules gate;
  gate.same_scenario = true;
  EXPECT_EQ(compare(base, base, gate).status, ExitStatus::pass);
  const Comparison refused = compare(base, other, gate);
  EXPECT_EQ(refused.status, ExitStatus::invalid_data);
  EXPECT_EQ(refused.faults, std::vector{names + " (where that is meant: --ignore scenario)"});
  // How it was measured may differ, what was measured not.
  gate.ignore_fingerprint = true;
  EXPECT_EQ(compare(base, other, gate).status, ExitStatus::invalid_data);
  gate.ignore = {"scenario"};
  EXPECT_EQ(compare(base, other, gate).status, ExitStatus::pass);
  EXPECT_EQ(compare(base, other, gate).notes, std::vector{names});
}

/// The next step of the UsageError that a tolerance meets.
std::string hint_of(const Rules& rules) {
  try {
    (void)compare(side({exact("fib avg", 1)}), side({exact("fib avg", 1)}), rules);
  } catch (const UsageError& error) {
    return error.hint;
  }
  return "no error";
}

TEST(CompareTolerance, AMistakeSaysWhatToWrite) {
  Rules name, unit;
  name.tolerances["fob"] = *parse_tolerance("2%");
  EXPECT_NE(hint_of(name).find("--tolerance 'fib*=2%'"), std::string::npos) << hint_of(name);
  unit.tolerance = *parse_tolerance("2 cycles");
  EXPECT_EQ(hint_of(unit), "there are 'instructions'; a percentage needs no unit: --tolerance 2%");
}

// ---- many -------------------------------------------------------------------------------------

TEST(CompareAll, WorstDecidesAndLonelyScenariosFail) {
  Measurements one = side({exact("a", 1)}), two = one, worse = side({exact("a", 2)});
  two.scenario = worse.scenario = "t";
  EXPECT_EQ(status_of(compare_all({one, two}, {one, two}, {})), ExitStatus::pass);
  EXPECT_EQ(status_of(compare_all({one, two}, {one, worse}, {})), ExitStatus::regression);
  EXPECT_EQ(status_of(compare_all({one, two}, {one}, {})), ExitStatus::invalid_data);
  EXPECT_EQ(status_of({}), ExitStatus::invalid_data);
}

TEST(CompareAll, AToleranceForANumberOfOneOfThemIsNoMistake) {
  Measurements one = side({exact("a", 1000)}), other = side({exact("b", 1000)});
  other.scenario = "other";
  Measurements moved = one;
  moved.series[0].samples = {1010, 1010};
  Rules rules;
  rules.tolerances["a"] = *parse_tolerance("2%");
  EXPECT_EQ(status_of(compare_all({one, other}, {moved, other}, rules)), ExitStatus::pass);
  rules.tolerances["c"] = *parse_tolerance("2%");
  EXPECT_THROW(compare_all({one, other}, {moved, other}, rules), UsageError);
}

TEST(CompareAll, JsonHoldsVerdictAndRows) {
  const std::string json = comparison_json({compared(exact("a", 1), exact("a", 2))});
  EXPECT_NE(json.find("\"verdict\": \"regression\""), std::string::npos);
  EXPECT_NE(json.find("\"exit_status\": 4"), std::string::npos);
}

// ---- tolerances -------------------------------------------------------------------------------

TEST(ToleranceText, IsReadAndWritten) {
  EXPECT_EQ(parse_tolerance("+0")->amount, 0);
  EXPECT_TRUE(parse_tolerance("2%")->percent);
  EXPECT_EQ(parse_tolerance("+1.5 %")->amount, 1.5);
  EXPECT_EQ(parse_tolerance("200 instructions")->unit, "instructions");
  for (const char* text : {"+0", "2%", "200 instructions"}) {
    EXPECT_EQ(parse_tolerance(text)->text(), text);
  }
  for (const char* bad : {"", "-1", "x", "2%%", "200x", "1e3", "nan", "inf", "2 % of it", "++1"}) {
    EXPECT_FALSE(parse_tolerance(bad)) << bad;
  }
}

}  // namespace
}  // namespace harness
