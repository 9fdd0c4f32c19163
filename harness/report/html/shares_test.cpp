#include <gtest/gtest.h>

#include "page/html_testing.h"
#include "report/html/sections.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness::html {
namespace {

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}
Profile profile(std::string name, std::uint64_t total, std::optional<std::uint64_t> self = {}) {
  return {.name = std::move(name), .calls = 1, .total = total, .self = self};
}
std::string picture(const std::vector<Profile>& profiles) {
  return shares_picture(profiles).text();
}

TEST(Shares, SectionsByTheirOwnTimeTheLargestFirst) {
  const std::string text =
      picture({profile("norm", 250), profile("attention", 750), profile("token", 1000, 0)});
  EXPECT_NE(
      text.find("<rect class=\"p0\" x=\"0.00\" width=\"750.00\" height=\"10\"></rect>"
                "<rect class=\"p1\" x=\"750.00\" width=\"250.00\" height=\"10\"></rect></svg>"),
      text.npos)
      << text;
  EXPECT_NE(text.find("<li><span class=\"p0\"></span>attention <b>75.0 %</b></li>"
                      "<li><span class=\"p1\"></span>norm <b>25.0 %</b></li>"),
            text.npos)
      << text;
  EXPECT_EQ(text.find("token"), text.npos) << "all of its time is that of its parts";
}

TEST(Shares, ANumberedFamilyHasABarOfItsOwnInOrder) {
  const std::string text = picture(
      {profile("a", 7), profile("b", 3), profile("layer.10", 4, 0), profile("layer.2", 6, 0)});
  const std::size_t family = text.find("All time of each layer");
  ASSERT_NE(family, text.npos) << text;
  EXPECT_NE(text.find("layer.2 <b>60.0 %</b>", family), text.npos);
  EXPECT_LT(text.find("layer.2 <b>", family), text.find("layer.10 <b>", family));
}

TEST(Shares, WhatIsNoNumberMakesNoFamily) {
  for (const char* other : {"layer.x", "layer.", ".2", "layer.02", "layer.1234567890", "layer2"}) {
    const std::string text = picture({profile("layer.1", 4), profile(other, 6)});
    EXPECT_EQ(text.find("All time of each"), text.npos) << other;
  }
}

TEST(Shares, NothingToCompareIsNoPicture) {
  EXPECT_EQ(picture({}), "");
  EXPECT_EQ(picture({profile("alone", 5)}), "");
  EXPECT_EQ(picture({profile("a", 0), profile("b", 0)}), "");
}

TEST(Shares, OfManyTheLargestAreShownAndTheRestIsOnePart) {
  std::vector<Profile> profiles;
  for (int i = 0; i < 5000; ++i) profiles.push_back(profile("f" + std::to_string(i), 1));
  profiles.push_back(profile("large", 5000));
  const std::string text = picture(profiles);
  EXPECT_EQ(count(text, "<rect "), 12u);
  EXPECT_NE(text.find("large <b>50.0 %</b>"), text.npos) << text;
  EXPECT_NE(text.find("4990 others <b>49.9 %</b>"), text.npos) << text;
}

TEST(Shares, ManyFamiliesAndLargestNumbersStaySmall) {
  std::vector<Profile> profiles;
  for (int i = 0; i < 2000; ++i) {
    const std::string family = "family" + std::to_string(i / 2) + ".";
    profiles.push_back(profile(family + std::to_string(i % 2), UINT64_MAX));
  }
  const std::string text = picture(profiles);
  EXPECT_EQ(count(text, "<figure"), 4u);
  EXPECT_LT(text.size(), 10'000u);
  EXPECT_EQ(text.find("nan"), text.npos);
  EXPECT_EQ(text.find("inf"), text.npos);
}

TEST(Shares, NamesAreText) {
  RunRecord record = passing_record();
  record.boots[0].events.profiles = {profile("</svg><script>alert(1)</script>.1", 5),
                                     profile("</svg><script>alert(1)</script>.2", 5)};
  const std::string text = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(text), "");
  EXPECT_EQ(count(text, "<figure class=\"shares\">"), 2u);
  EXPECT_EQ(count(text, "<script>alert"), 0u);
}

}  // namespace
}  // namespace harness::html
