#include "report/stages.h"

#include <gtest/gtest.h>

#include "page/html_testing.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

std::string digest(char digit) { return std::string(64, digit); }
std::string stage(const std::string& members) { return R"({"stage":{)" + members + "}}"; }
std::string made(const std::string& name, const std::string& by, char digit) {
  return stage(R"("name":")" + name + R"(","by":")" + by +
               R"(","ticks":249504346,"bytes":383436,"sha256":")" + digest(digit) + "\"");
}

/// S0 makes M1, which makes M2; T0 makes MT.
std::vector<std::string> diamond(char m2 = 'a', char mt = 'a') {
  return {stage(R"("name":"bitcode","what":"the compiler","bytes":771332)"),
          stage(R"("name":"S0","from":"bitcode")"),
          stage(R"("name":"T0","from":"bitcode")"),
          made("M1", "S0", 'a'),
          made("M2", "M1", m2),
          made("MT", "T0", mt)};
}
BootRecord boot_of(std::vector<std::string> json) {
  BootRecord boot;
  boot.events.json = std::move(json);
  return boot;
}
RunRecord record_of(std::vector<std::string> json) {
  RunRecord record = passing_record();
  for (BootRecord& boot : record.boots) boot.events.json = json;
  return record;
}

TEST(Stages, AreChainsThatBeginWithAMaker) {
  const Stages stages = stages_of(boot_of(diamond()));
  ASSERT_EQ(stages.list.size(), 6u);
  EXPECT_TRUE(stages.list[0].material);
  EXPECT_EQ(stages.chains, (std::vector<StageChain>{{1, 3, 4}, {2, 5}}));
  EXPECT_EQ(stages.groups, (std::vector<StageChain>{{3, 4, 5}}));
  EXPECT_EQ(stages_summary(stages), "M1, M2, MT are all the same bytes.");
}
TEST(Stages, AreDrawnAsTheyMeet) {
  EXPECT_EQ(stages_drawing(stages_of(boot_of(diamond())), 80),
            (std::vector<std::string>{"bitcode ─┬─▶ S0 ─▶ M1 ─▶ M2 ─┐",
                                      "         └─▶ T0 ─▶ MT ───────┴─ the same bytes"}));
}
TEST(Stages, ThatDifferDoNotMeet) {
  const Stages stages = stages_of(boot_of(diamond('a', 'b')));
  EXPECT_EQ(stages_summary(stages), "M1, M2 are the same bytes. MT is different.");
  EXPECT_EQ(stages_drawing(stages, 80),
            (std::vector<std::string>{"bitcode ─┬─▶ S0 ─▶ M1 ─▶ M2 = aaaaaaaa…",
                                      "         └─▶ T0 ─▶ MT = bbbbbbbb…"}));
}
TEST(Stages, WithoutRoomAreNotDrawn) {
  EXPECT_TRUE(stages_drawing(stages_of(boot_of(diamond())), 30).empty());
}
TEST(Stages, ASecondThingThatOneMadeBeginsAChain) {
  std::vector<std::string> json = diamond();
  json.push_back(made("M9", "M1", 'c'));
  const Stages stages = stages_of(boot_of(json));
  EXPECT_EQ(stages.chains, (std::vector<StageChain>{{1, 3, 4}, {2, 5}, {6}}));
  EXPECT_EQ(stages_drawing(stages, 80)[2], "      M1 ─▶ M9 = cccccccc…");
}
TEST(Stages, WhatIsNoStageIsLeftOut) {
  const Stages stages = stages_of(boot_of({
      "[]",
      "{}",
      R"({"stage":1})",
      R"({"stage":{}})",
      R"({"stage":{"name":""}})",
      R"({"stage":{"name":7}})",
      R"({"stage":{"name":"A"},"more":1})",
      R"({"stage":{"name":"A","by":"A","from":"B","ticks":-1,"bytes":"x","sha256":"ff"}})",
      R"({"stage":{"name":"A","what":"again"}})",
      "{\"stage\":{\"name\":\"" + std::string(5000, 'x') + "\"}}",
  }));
  ASSERT_EQ(stages.list.size(), 1u);
  const Stage& only = stages.list[0];
  EXPECT_FALSE(only.by || only.from || only.same);
  EXPECT_EQ(only.ticks + only.bytes, 0u);
  EXPECT_EQ(only.sha256 + only.what, "");
}
TEST(Stages, BeyondTheLimitAreCounted) {
  std::vector<std::string> json;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = std::to_string(i);
    json.push_back(i == 0 ? stage(R"("name":"0")") : made(name, std::to_string(i - 1), 'a'));
  }
  const Stages stages = stages_of(boot_of(json));
  EXPECT_EQ(stages.list.size(), kMaxStages);
  EXPECT_EQ(stages.left_out, 1000 - kMaxStages);
  EXPECT_NE(stages_summary(stages).find("960 more are left out"), std::string::npos);
  EXPECT_EQ(HtmlReader::fault_in(render_html(record_of(json))), "");
}
TEST(Stages, StandInEachReport) {
  const RunRecord record = record_of(diamond());
  const std::string html = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(html), "");
  EXPECT_NE(html.find("<section id=\"stages\">"), html.npos);
  EXPECT_NE(html.find("<p>M1, M2, MT are all the same bytes."), html.npos);
  EXPECT_NE(html.find(">3 the same</text>"), html.npos);
  EXPECT_NE(html.find("<code>" + digest('a') + "</code>"), html.npos);
  const std::string markdown = render_markdown(record);
  EXPECT_NE(markdown.find("─▶ M1 ─▶ M2 ─┐\n"), markdown.npos);
  EXPECT_NE(markdown.find("| M1 | | S0 | 249,504,346 | 383,436 | " + digest('a') + " |\n"),
            markdown.npos)
      << markdown;
  const std::string text = render_console_report(record, false, 80);
  EXPECT_NE(text.find("  bitcode ─┬─▶ S0 ─▶ M1 ─▶ M2 ─┐\n"), text.npos);
  EXPECT_NE(text.find("  M1     S0        249,504,346  383,436  aaaaaaaa…\n"), text.npos) << text;
}
TEST(Stages, HaveNoSectionWhereThereAreNone) {
  EXPECT_EQ(render_html(passing_record()).find("id=\"stages\""), std::string::npos);
  EXPECT_EQ(render_markdown(passing_record()).find("What made what"), std::string::npos);
}
TEST(Stages, NamesAreTextAndNothingElse) {
  const std::string evil = R"("name":"</a><b>&\u001b","what":"<script>|`\n\u0007")";
  const RunRecord record = record_of(
      {stage(evil), stage(R"("name":"x","by":"</a><b>&\u001b","sha256":")" + digest('a') + "\"")});
  const std::string html = render_html(record);
  EXPECT_EQ(HtmlReader::fault_in(html), "");
  EXPECT_EQ(html.find("</a><b>"), html.npos);
  const std::string text = render_console_report(record, false, 80);
  EXPECT_EQ(text.find('\x1b'), text.npos);
  EXPECT_NE(text.find("\\x1B"), text.npos);
}
TEST(Stages, TheTimeOfOneIsThatSinceTheLineBefore) {
  const std::string line = "[JSON] " + made("M1", "S0", 'a') + "\n";
  const std::string before = "[BEGIN] protocol=1 image=x boot=disk tests=0 metrics=0\n[JSON] " +
                             stage(R"("name":"S0")") + "\nS0 compiles\n";
  BootRecord boot = sample_boot(1, before + line);
  boot.trace.marks = {{before.size(), std::chrono::milliseconds{100}},
                      {before.size() + line.size(), std::chrono::milliseconds{350}}};
  boot.events = collect_events(boot.trace.serial, boot.trace.marks);
  const Stages stages = stages_of(boot);
  ASSERT_EQ(stages.list.size(), 2u);
  EXPECT_FALSE(stages.list[0].time);
  EXPECT_EQ(stages.list[1].time, std::chrono::milliseconds{250});
}

}  // namespace
}  // namespace harness
