#include "power_cuts/write_history.h"

#include <gtest/gtest.h>

#include "power_cuts/history_testing.h"

namespace harness {
namespace {

std::string disk_of(std::string_view log_words, const DiskState& state) {
  const DiskLog log = log_of(log_words);
  const WriteHistory history(log, dots);
  return words_of(history.contents(state));
}

TEST(WriteHistory, ContentsAreThoseOfAllWritesBeforeTheCut) {
  EXPECT_EQ(disk_of("1a 2bc | 1d", {.cut = 0}), "");
  EXPECT_EQ(disk_of("1a 2bc | 1d", {.cut = 2}), "1a 2b 3c");
  EXPECT_EQ(disk_of("1a 2bc | 1d", {.cut = 4}), "1d 2b 3c");
}

TEST(WriteHistory, WhatIsLostLeavesWhatWasThereBefore) {
  EXPECT_EQ(disk_of("1a 1b 2c", {.cut = 3, .lost = {1}}), "1a 2c");
  EXPECT_EQ(disk_of("1a 1b 2c", {.cut = 3, .lost = {0, 1}}), "2c");
}

TEST(WriteHistory, ATornSectorIsHalfNew) {
  EXPECT_EQ(disk_of("1a 1b", {.cut = 2, .torn = 1}), "1ba");
  EXPECT_EQ(disk_of("1a 1b", {.cut = 2, .torn = 1, .first_half = false}), "1ab");
  EXPECT_EQ(disk_of("1a", {.cut = 1, .torn = 0}), "1a.");
}

TEST(WriteHistory, ASectorThatIsAsItWasIsNoDifference) {
  EXPECT_EQ(disk_of("1a 1.", {.cut = 2}), "");
}

TEST(WriteHistory, PendingIsWhatNoFlushHasMadeDurable) {
  const DiskLog log = log_of("1a 2b | 3c | |");
  const WriteHistory history(log, dots);
  EXPECT_EQ(history.first_pending(0), 0u);
  EXPECT_EQ(history.first_pending(2), 0u);
  EXPECT_EQ(history.first_pending(3), 2u);
  EXPECT_EQ(history.first_pending(4), 2u);
  EXPECT_EQ(history.first_pending(5), 3u);
}

TEST(WriteHistory, TheIdentityTellsDisksApartAndNothingElse) {
  const DiskLog log = log_of("1a 2b 1a");
  const WriteHistory history(log, dots);
  const auto id = [&](const DiskState& state) { return disk_identity(history.contents(state)); };
  EXPECT_EQ(id({.cut = 3}), id({.cut = 2}));
  EXPECT_EQ(id({.cut = 3, .lost = {0}}), id({.cut = 3}));
  EXPECT_NE(id({.cut = 3, .lost = {1}}), id({.cut = 3}));
  EXPECT_NE(id({.cut = 1}), id({.cut = 1, .torn = 0}));
}

TEST(WriteHistory, StatesAndEventsInWords) {
  const DiskLog log = log_of("1ab | !3c");
  const WriteHistory history(log, dots);
  EXPECT_EQ(event_text(log.events[0]), "write of 2 sectors at 1");
  EXPECT_EQ(event_text(log.events[1]), "flush");
  EXPECT_EQ(event_text(log.events[2]), "write of 1 sector at 3, durable");
  EXPECT_EQ(state_text(history, {.cut = 1}), "nothing lost");
  EXPECT_EQ(state_text(history, {.cut = 1, .lost = {1}, .torn = 0}),
            "sector 2 of event 1 lost; only the first half of sector 1 of event 1 written");
}

TEST(WriteHistory, AWriteThatWasCutInWords) {
  const DiskLog log = log_of("1abcd");
  const WriteHistory history(log, dots);
  EXPECT_EQ(state_text(history, {.cut = 1, .under_way = true, .reached = 2}),
            "sectors 3 to 4 of event 1 lost");
  EXPECT_EQ(state_text(history, {.cut = 1, .under_way = true, .reached = 3, .torn = 2}),
            "sector 4 of event 1 lost; only the first half of sector 3 of event 1 written");
  EXPECT_EQ(history.lost_in({.cut = 1, .lost = {0}, .reached = 2}), 3u);
}

TEST(WriteHistory, LargerPiecesInWords) {
  const DiskLog log = log_of("1abc");
  const WriteHistory history(log, dots, 1024);
  EXPECT_EQ(state_text(history, {.cut = 1, .lost = {0, 1}}),
            "sector 1 of event 1, sectors 2 to 3 of event 1 lost");
}

TEST(WriteHistory, ALogThatCannotBeTriedIsNamed) {
  EXPECT_EQ(fault_of(log_of("1a")), "");
  EXPECT_NE(fault_of(log_of("|")), "");
  EXPECT_NE(fault_of(DiskLog{}), "");
  DiskLog odd = log_of("1a");
  odd.events[0].offset = 100;
  EXPECT_NE(fault_of(odd), "");
  DiskLog large = log_of("1a");
  large.overflowed = true;
  EXPECT_NE(fault_of(large), "");
}

}  // namespace
}  // namespace harness
