#include "report/curves.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "page/html_testing.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

BootRecord boot_of(std::vector<std::string> json) {
  BootRecord boot;
  boot.events.json = std::move(json);
  return boot;
}
const std::vector<std::string> kFalling = {
    R"({"curve":{"of":"llama: ticks a text","unit":"ticks","values":[800,700,600,500]}})",
    R"({"curve":{"of":"llama: ticks a text","values":[100,100,100,100]}})",
    R"({"curve":{"of":"llama: ticks a text","marks":[{"at":4,"text":"f: machine code"}]}})"};

TEST(Curves, AreToldInParts) {
  const std::vector<Curve> curves = curves_of(boot_of(kFalling));
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_EQ(curves[0].values, (std::vector<std::uint64_t>{800, 700, 600, 500, 100, 100, 100, 100}));
  ASSERT_EQ(curves[0].marks.size(), 1u);
  EXPECT_EQ(curves[0].marks[0].at, 4u);
  EXPECT_EQ(curve_summary(curves[0]),
            "llama: ticks a text: 8 values, 100 to 800 ticks, last 100; 1 mark");
}

TEST(Curves, AreDrawnWithTheirMarksBelow) {
  EXPECT_EQ(curve_drawing(curves_of(boot_of(kFalling)).at(0), 80),
            (std::vector<std::string>{"800 █▂", "    ██▄", "    ███▇", "    ████", "100 ████▁▁▁▁",
                                      "        ▲"}));
}

TEST(Curves, OfManyValuesFitIntoTheWidth) {
  std::string values = "1000000";
  for (int i = 0; i < 499; ++i) values += fmt::format(",{}", i % 7 + 10);
  const std::vector<Curve> curves =
      curves_of(boot_of({R"({"curve":{"of":"x","values":[)" + values + "]}}"}));
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_TRUE(CurveScale(curves[0]).is_logarithmic()) << "one value dwarfs all others";
  for (const std::string& line : curve_drawing(curves[0], 60)) {
    EXPECT_LE(std::ranges::count_if(line, [](char c) { return (c & '\xC0') != '\x80'; }), 60);
  }
  EXPECT_TRUE(curve_drawing(curves[0], 12).empty());
}

TEST(Curves, WhatIsNoneIsNotDrawn) {
  for (const std::string line :
       {R"({"curve":{"of":"x","values":[1]}})", R"({"curve":{"values":[1,2]}})",
        R"({"curve":{"of":"x","values":[-1,2.5,"3",null]}})", R"({"curve":{"of":"x","values":7}})",
        R"({"curve":[1,2]})", R"({"curve":{"of":"x","marks":[{"at":1}]}})", "{"}) {
    EXPECT_TRUE(curves_of(boot_of({line})).empty()) << line;
  }
  const std::vector<Curve> flat = curves_of(boot_of({R"({"curve":{"of":"x","values":[0,0]}})"}));
  ASSERT_EQ(flat.size(), 1u);
  EXPECT_EQ(curve_drawing(flat[0], 20).back(), "0 ▁▁");
}

TEST(Curves, AGuestCannotTellTooMany) {
  std::vector<std::string> lines;
  for (int i = 0; i < 500; ++i) {
    lines.push_back(fmt::format(
        R"({{"curve":{{"of":"{}","values":[1,2,3,4,5,6,7,8,9,10],"marks":[{{"at":0}}]}}}})",
        i % 20));
  }
  for (int i = 0; i < 500; ++i) {
    lines.push_back(R"({"curve":{"of":"0","values":[1,2,3,4,5,6,7,8,9,10],"marks":[{"at":0}]}})");
  }
  const std::vector<Curve> curves = curves_of(boot_of(lines));
  EXPECT_EQ(curves.size(), kMaxCurves);
  EXPECT_EQ(curves[0].values.size(), kMaxCurveValues);
  EXPECT_EQ(curves[0].marks.size(), kMaxCurveMarks);
  EXPECT_GT(curves[0].left_out, 0u);
}

TEST(Curves, StandInEveryReportAndHarmNone) {
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) {
    boot.events.json = kFalling;
    boot.events.json.push_back(
        R"({"curve":{"of":"<script>\u001b[2J","unit":"<b>","values":[1,2],"marks":[{"at":1,"text":"</title><script>"}]}})");
  }
  const std::string console = render_console_report(record, false, 80);
  EXPECT_NE(console.find("llama: ticks a text: 8 values"), std::string::npos) << console;
  EXPECT_NE(console.find("100 ████▁▁▁▁"), std::string::npos) << console;
  EXPECT_EQ(console.find('\x1b'), std::string::npos);
  const std::string page = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(page), "");
  EXPECT_NE(page.find("class=\"curve\""), std::string::npos);
  EXPECT_EQ(page.find("<script>\\x1B"), std::string::npos);
  EXPECT_EQ(page.find("</title><script>"), std::string::npos);
  EXPECT_NE(render_markdown(record).find("100 ████▁▁▁▁"), std::string::npos);
}

}  // namespace
}  // namespace harness
