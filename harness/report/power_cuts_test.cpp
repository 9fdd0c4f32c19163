#include <gtest/gtest.h>

#include "report/digest.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

RunRecord cut_record() {
  RunRecord record = passing_record();
  PowerCuts cuts;
  cuts.writes = 2;
  cuts.flushes = 1;
  cuts.sectors = 3;
  cuts.lost = 3;
  cuts.torn = 2;
  cuts.possible = 4'000;
  cuts.tried = 40;
  cuts.disks = 30;
  cuts.failed = 1;
  cuts.points = {
      {.event = 0, .what = "", .states = 1},
      {.event = 1, .what = "write of 2 sectors at 7", .promised = 12, .states = 39, .failed = 1}};
  cuts.failures = {{.event = 1,
                    .state = "sector 8 of event 1 lost",
                    .verdict = {VerdictKind::fail, "12 was promised, <b>11</b> found"},
                    .said = "mounting\nerror: <i>bad superblock</i>",
                    .image = "power-cut-1-1.img",
                    .command = "qemu-system-i386 -drive 'file=power-cut-1-1.img'"}};
  record.power_cuts = {cuts};
  return record;
}

TEST(PowerCutReport, SaysHowManyOfHowManyAndNamesTheFailure) {
  EXPECT_EQ(power_cuts_text(cut_record().power_cuts[0]),
            "40 of 4,000 states were tried, drawn by seed 1: 30 disks, each booted once. Of 3 "
            "sectors that 2 writes wrote, some state lacks 3, and some state has 2 half.");
  const std::string page = render_markdown(cut_record());
  for (const char* text :
       {"## Power cuts", "write of 2 sectors at 7", "**1**", "sector 8 of event 1 lost",
        "power-cut-1-1.img", "error: <i>bad superblock</i>\n```"}) {
    EXPECT_NE(page.find(text), std::string::npos) << text;
  }
  EXPECT_EQ(page.find("<b>"), std::string::npos);
}

TEST(PowerCutReport, PiecesThatAreWrittenAsAWholeAreCalledThat) {
  PowerCuts cuts = cut_record().power_cuts[0];
  cuts.atomic = 4096;
  EXPECT_EQ(power_cuts_text(cuts),
            "40 of 4,000 states were tried, drawn by seed 1: 30 disks, each booted once. Of 3 "
            "pieces of at most 4 KiB that 2 writes wrote, some state lacks 3; none is ever half "
            "written.");
}

TEST(PowerCutReport, ThePageHasItToo) {
  const std::string page = render_html(cut_record());
  for (const char* text : {"id=\"power-cuts\"", "write of 2 sectors at 7", "&lt;b&gt;11",
                           "power-cut-1-1.img", "error: &lt;i&gt;bad superblock"}) {
    EXPECT_NE(page.find(text), std::string::npos) << text;
  }
}

TEST(PowerCutReport, ARunWithoutHasNoSuchSection) {
  EXPECT_EQ(render_markdown(passing_record()).find("Power cuts"), std::string::npos);
}

TEST(PowerCutReport, NoneTriedIsSaid) {
  RunRecord record = cut_record();
  record.power_cuts[0].fault = "it wrote nothing to its first disk";
  EXPECT_NE(render_markdown(record).find("None was tried"), std::string::npos);
}

}  // namespace
}  // namespace harness
