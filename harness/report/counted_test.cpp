#include "report/counted.h"

#include <gtest/gtest.h>

#include "report/html/sections.h"
#include "report/report.h"
#include "report/report_testing.h"

namespace harness {
namespace {

/// Two boots from a disk, which the firmware waited for.
RunRecord record_from_disk() {
  RunRecord record = passing_record();
  std::uint64_t waited = 8'000'000;
  for (BootRecord& boot : record.boots) {
    boot.events.begin->boot = wire::BootPath::disk;
    boot.events.phases = {{.name = "firmware", .cycles = waited, .before_kernel = true},
                          {.name = "app", .cycles = 40'000}};
    waited += 999;
  }
  return record;
}

TEST(CountedNumbers, WhatWaitsForTheDiskIsNoAlarm) {
  const RunRecord record = record_from_disk();
  const InexactCounts text = inexact_counts(record);
  EXPECT_EQ(text.alarm, "");
  EXPECT_EQ(text.note,
            "The firmware waits for the disk, and not equally long in every boot: what holds that "
            "('phase firmware', 'phases, total') is in no gate.");
  const std::string page = html::numbers_section(record).body.text();
  EXPECT_EQ(page.find("class=\"reason\""), page.npos) << "nothing red in a run that passed";
  EXPECT_NE(page.find("waits for the disk"), page.npos);
  const std::string markdown = render_markdown(record);
  EXPECT_EQ(markdown.find("Noisy"), markdown.npos);
  EXPECT_NE(markdown.find("waits for the disk"), markdown.npos);
}
TEST(CountedNumbers, WhatDiffersForNoReasonIsOneAndIsNamed) {
  RunRecord record = record_from_disk();
  record.boots[1].events.timings[0].cycles += 1;
  EXPECT_EQ(inexact_counts(record).alarm,
            "Noisy: counted, yet not the same in every boot: 'Init'.");
  EXPECT_NE(html::numbers_section(record).body.text().find(
                "<p class=\"reason\">Noisy: counted, yet not the same in every boot: 'Init'."),
            std::string::npos);
}
TEST(CountedNumbers, ByHostTimeNothingIsNoisy) {
  RunRecord record = record_from_disk();
  record.fingerprint.clock = ClockKind::host;
  EXPECT_EQ(inexact_counts(record).alarm + inexact_counts(record).note, "");
}

TEST(Shares, SayWhatTheyAreOf) {
  RunRecord record = record_from_disk();
  BootRecord& boot = record.boots[0];
  boot.events.profiles = {{.name = "a", .calls = 1, .total = 7'000, .self = 6'000},
                          {.name = "b", .calls = 1, .total = 4'000, .self = {}}};
  EXPECT_EQ(shares_text(record, boot),
            "Shares are of the 10,000 instructions in these sections themselves, which are 25.0 % "
            "of the 40,000 that the guest counted from its start to its end.");
  EXPECT_NE(html::profile_section(record, boot).body.text().find(shares_text(record, boot)),
            std::string::npos);
  // A guest that tells no phases, or sections that are more than the whole.
  boot.events.phases.clear();
  EXPECT_EQ(shares_text(record, boot),
            "Shares are of the 10,000 instructions in these sections themselves.");
  boot.events.phases = {{.name = "app", .cycles = 9'999}};
  EXPECT_EQ(shares_text(record, boot),
            "Shares are of the 10,000 instructions in these sections themselves.");
  boot.events.profiles.assign(4, {.name = "x", .calls = 1, .total = UINT64_MAX, .self = {}});
  EXPECT_EQ(shares_text(record, boot), "");
}

}  // namespace
}  // namespace harness
