#include "compare/render.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "compare/figures.h"

namespace harness {
namespace {

ComparedNumber row(std::string name, Change change, std::string detail = "") {
  ComparedNumber one;
  one.name = std::move(name);
  one.change = change;
  one.unit = "ns";
  one.base = 100;
  one.candidate = change == Change::unchanged ? 100 : 150;
  one.detail = std::move(detail);
  return one;
}

/// Every ninth number got worse.
Comparison many(std::size_t count) {
  Comparison one;
  one.scenario = "s";
  one.base = "a.json";
  one.candidate = "b.json";
  one.status = ExitStatus::regression;
  for (std::size_t i = 0; i < count; ++i) {
    one.rows.push_back(row(fmt::format("BM_sort/type:{}/size:{}", i % 7, i),
                           i % 9 == 8 ? Change::regression : Change::unchanged,
                           "8 samples of each side, p = 0.5, the interval is 0.99 to 1.01"));
  }
  return one;
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += what.size()) ++count;
  return count;
}

TEST(Figures, OfNumbersBeyondSenseHaveNoHundredsOfDigits) {
  EXPECT_EQ(number_of(1e308), "1e+308");
  EXPECT_EQ(number_of(-1e17), "-1e+17");
  EXPECT_EQ(number_of(1234567), "1,234,567");
  EXPECT_EQ(number_of(0.125), "0.1250");
  EXPECT_EQ(percent_of(100, 1e308), "+1e+308 %");
  EXPECT_EQ(percent_of(100, 150), "+50.00 %");
}

TEST(Verdict, IsOneLineForEachComparison) {
  Comparison broken;
  broken.scenario = "t\x1b";
  broken.faults = {"NEW has no numbers"};
  broken.status = ExitStatus::invalid_data;
  EXPECT_EQ(comparison_verdict({many(9), broken}),
            "s: regression: 8 unchanged, 1 regression\n"
            "t\\x1B: not_comparable: NEW has no numbers\n");
}

TEST(Commits, OfBothSidesStandWhereANumberMoved) {
  Comparison one = many(9);
  one.base_commit = "0123456789abcdef0123456789abcdef01234567";
  one.candidate_commit = "fedcba9876543210fedcba9876543210fedcba98+";
  constexpr const char* kText = "commit 0123456789 → fedcba9876+";
  EXPECT_NE(comparison_markdown({one}).find(kText), std::string::npos);
  EXPECT_NE(comparison_console({one}, false).find(kText), std::string::npos);
  EXPECT_NE(comparison_section(one).body.text().find(kText), std::string::npos);
  EXPECT_NE(comparison_json({one}).find("\"new_commit\": \"" + one.candidate_commit + "\""),
            std::string::npos);
  one.base_commit.clear();
  EXPECT_NE(comparison_markdown({one}).find("commit not known → fedcba9876+"), std::string::npos);
  // Nothing moved: nobody has to look for a commit.
  one.rows.resize(8);
  EXPECT_EQ(comparison_markdown({one}).find("commit"), std::string::npos);
}

// A reader looks for the cause: the function that moved stands before the numbers that followed.
TEST(Moved, TheFirstFunctionIsTheCauseAndStandsBeforeTheNumbers) {
  Comparison one = many(18);
  one.moved = {"f<b>: 1 → 2 own instructions (+1) in 1 call, at f.cpp:9", "g: 3 → 4", "h", "i"};
  const std::string reason = comparison_reason(one);
  EXPECT_TRUE(
      reason.starts_with("f<b>: 1 → 2 own instructions (+1) in 1 call, at f.cpp:9; so "
                         "BM_sort/type:1/size:8: 100 → 150 ns (+50, +50.00 %)"))
      << reason;
  EXPECT_TRUE(reason.ends_with(", and 1 more")) << reason;
  const std::string console = comparison_console({one}, false);
  EXPECT_LT(console.find("\n  moved: f<b>: 1 → 2"), console.find("regression  ")) << console;
  EXPECT_NE(console.find("\n  then: g: 3 → 4\n  then: h\n"), console.npos) << console;
  EXPECT_EQ(console.find("then: i"), console.npos) << "three are enough here";
  const std::string text = comparison_markdown_section(one, 20'000);
  EXPECT_TRUE(text.starts_with("## Against the baseline\n\n- moved: f")) << text;
  EXPECT_LT(text.find("moved:"), text.find("| regression |"));
  const std::string page = comparison_section(one).body.text();
  EXPECT_NE(page.find("Moved: <b>f&lt;b&gt;"), page.npos) << page;
  EXPECT_NE(page.find("What moved then: 3 functions</summary>"), page.npos) << page;
  EXPECT_NE(comparison_json({one}).find("\"moved\": ["), std::string::npos);
}

TEST(Moved, OfWhatHoldsOrIsBrokenThereIsNoCause) {
  Comparison one = many(9);
  one.faults = {"NEW has no numbers"};
  EXPECT_EQ(comparison_reason(one), "NEW has no numbers");
  one.status = ExitStatus::pass;
  EXPECT_EQ(comparison_reason(one), "");
  Comparison gone;
  gone.status = ExitStatus::invalid_data;
  gone.rows = {row("avg", Change::missing)};
  gone.rows[0].candidate.reset();
  EXPECT_EQ(comparison_reason(gone), "missing: avg: 100 ns");
}

TEST(ComparisonMarkdown, WhatFailedStandsFirstAndTheRestIsFoldedAndCounted) {
  const std::string text = comparison_markdown({many(180)});
  EXPECT_EQ(count_of(text, "| regression |"), 20u);
  EXPECT_LT(text.rfind("| regression |"), text.find("<details><summary>160 unchanged</summary>"));
  EXPECT_LT(text.find("<details>"), text.find("| unchanged |"));
  EXPECT_NE(text.find("160 unchanged, 20 regressions"), text.npos);
  EXPECT_TRUE(text.find("</details>") != text.npos);
}

TEST(ComparisonMarkdown, FitsAndSaysWhatIsMissing) {
  for (const std::size_t count : {700u, 20'000u}) {
    for (const std::size_t most : {10'000u, 65'000u, 1'000'000u}) {
      const std::string text = comparison_markdown({many(count)}, most);
      EXPECT_LE(text.size(), most) << count;
      EXPECT_EQ(text.find("more rows are left out") != text.npos,
                count_of(text, "| unchanged |") + count_of(text, "| regression |") < count)
          << count << " " << most;
      EXPECT_EQ(count_of(text, "<details>"), count_of(text, "</details>"));
    }
  }
  EXPECT_EQ(count_of(comparison_markdown({many(700)}), "| regression |"), 77u)
      << "all that failed, of 700";
}

TEST(ComparisonMarkdown, OfManyComparisonsThoseThatFailedAreTold) {
  std::vector<Comparison> all(2000);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].scenario = fmt::format("suite/case {}", i);
  all[1999].status = ExitStatus::regression;
  all[1999].rows = {row("a", Change::regression)};
  const std::string text = comparison_markdown(all);
  EXPECT_LE(text.size(), 65'000u);
  EXPECT_NE(text.find("suite/case 1999"), text.npos);
  EXPECT_NE(text.find("of 2,000 comparisons are left out here"), text.npos);
}

TEST(ComparisonMarkdown, LongNamesAndReasonsAreCut) {
  Comparison one = many(0);
  one.rows = {row(std::string(100'000, 'n'), Change::regression, std::string(100'000, '|'))};
  one.faults.assign(3000, std::string(5000, '<'));
  one.notes.assign(3000, "note");
  const std::string text = comparison_markdown({one});
  EXPECT_LE(text.size(), 65'000u);
  EXPECT_NE(text.find("- and 2,990 more"), text.npos);
  EXPECT_NE(text.find("more bytes)"), text.npos);
}

TEST(ComparisonConsole, AHundredLinesTheWorstFirst) {
  Comparison one = many(3000);
  one.rows.insert(one.rows.begin(), row("better", Change::improvement));
  one.notes.assign(25, "note");
  const std::string text = comparison_console({one}, false);
  EXPECT_EQ(count_of(text, "regression  "), 100u);
  EXPECT_EQ(text.find("better"), text.npos) << "333 are worse";
  EXPECT_NE(text.find("    and 2,901 more, less serious ones; --json has all\n"), text.npos)
      << text;
  EXPECT_NE(text.find("  ! and 15 more\n"), text.npos) << text;
}

// What was, what is, by how much, each a column of its own; what did not change is folded away.
TEST(ComparisonSection, HasBeforeNowAndDeltaAndCanBeSortedAndFiltered) {
  Comparison one = many(9);
  one.rows.push_back(row("gone", Change::missing));
  one.rows.back().candidate.reset();
  one.rows.push_back(row("still", Change::unchanged));
  const std::string text = comparison_section(one).body.text();
  EXPECT_NE(text.find("<table class=\"sortable\">"), text.npos);
  for (const char* column : {"Before", "Now", "Delta", "%"}) {
    EXPECT_NE(text.find(std::string("<th class=\"n\" scope=\"col\">") + column + "</th>"),
              text.npos)
        << column;
  }
  EXPECT_NE(text.find("<td class=\"n\"><data value=\"100\">100</data></td>"
                      "<td class=\"n\"><data value=\"150\">150</data></td>"
                      "<td class=\"n\"><data value=\"50\">+50</data></td>"
                      "<td class=\"n\"><data value=\"0.5\">+50.00</data></td>"),
            text.npos)
      << text;
  EXPECT_NE(text.find("<td class=\"n\"><data value=\"100\">100</data></td><td class=\"n\"></td>"),
            text.npos);
  EXPECT_NE(text.find("<input type=\"checkbox\" checked value=\"worse\"> worse or missing"),
            text.npos);
  EXPECT_NE(text.find("<input type=\"checkbox\" value=\"same\"> unchanged"), text.npos);
  EXPECT_EQ(text.find("value=\"better\""), text.npos) << "there is none";
  EXPECT_NE(text.find("<tr class=\"bad worse\">"), text.npos);
  // Where nothing moved, there is nothing to fold it for.
  Comparison still;
  still.rows = {row("a", Change::unchanged)};
  EXPECT_NE(comparison_section(still).body.text().find(
                "<input type=\"checkbox\" checked value=\"same\">"),
            std::string::npos);
}

}  // namespace
}  // namespace harness
