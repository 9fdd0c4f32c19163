#include "power_cuts/states.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "power_cuts/history_testing.h"

namespace harness {
namespace {

using Disks = std::set<std::string>;

struct Planned {
  StatePlan plan;
  Disks disks;
};

Planned planned(std::string_view words, const StateLimits& limits = {},
                std::optional<std::uint64_t> atomic = std::nullopt) {
  const DiskLog log = log_of(words);
  const WriteHistory history(log, dots, atomic);
  Planned all{plan_states(history, limits), {}};
  for (const DiskState& state : all.plan.states) {
    all.disks.insert(words_of(history.contents(state)));
  }
  return all;
}

TEST(States, OfOneSectorAreOldNewAndItsHalves) {
  const Planned all = planned("1a");
  EXPECT_EQ(all.disks, (Disks{"", "1a", "1a.", "1.a"}));
  EXPECT_EQ(all.plan.possible, all.plan.states.size());
}

TEST(States, OfARequestOfTwoSectorsEachMayBeLostOrTorn) {
  EXPECT_EQ(planned("1ab").disks,
            (Disks{"", "1a", "2b", "1a 2b", "1a.", "1.a", "1a 2b.", "1a 2.b"}));
}

TEST(States, BetweenTwoFlushesAnythingMayBeMissing) {
  const Disks disks = planned("1a 2b |").disks;
  for (const char* disk : {"", "1a", "2b", "1a 2b"}) EXPECT_TRUE(disks.contains(disk)) << disk;
}

TEST(States, NothingIsMissingThatWasFlushed) {
  for (const std::string& disk : planned("1a | 2b").disks) {
    if (disk.find('2') != std::string::npos) EXPECT_TRUE(disk.starts_with("1a ")) << disk;
  }
}

TEST(States, AnEarlierContentOfASectorMayComeBack) {
  const Disks disks = planned("1a 1b 2c").disks;
  for (const char* disk : {"1a 2c", "1b 2c", "2c", "1b", "1a", ""}) {
    EXPECT_TRUE(disks.contains(disk)) << disk;
  }
}

TEST(States, ADurableWriteIsNeverLostOnceItReturned) {
  const Disks disks = planned("1a !2b 3c").disks;
  EXPECT_TRUE(disks.contains("2b"));
  EXPECT_TRUE(disks.contains("2b 3c"));
  EXPECT_FALSE(disks.contains("3c"));
  EXPECT_FALSE(disks.contains("1a 3c"));
}

TEST(States, AFlushAnswersOnlyForWhatHadReturnedWhenItCame) {
  EXPECT_FALSE(planned("1a | 2b").disks.contains("2b"));
  // The write of sector 1 was still under way when the flush was asked for.
  EXPECT_TRUE(planned("1a |1 2b").disks.contains("2b"));
  // And the next flush answers for it.
  const Disks disks = planned("1a |1 2b | 3c").disks;
  EXPECT_TRUE(disks.contains("1a 2b 3c"));
  EXPECT_FALSE(disks.contains("2b 3c"));
  EXPECT_FALSE(planned("9z | 1a |1 2b").disks.contains("1a"));
}

TEST(States, APieceThatTheDiskWritesAsAWholeIsThereOrNot) {
  // 0 and 1 are one piece of 1 KB, 2 is in the next.
  EXPECT_EQ(planned("0abc", {}, 1024).disks, (Disks{"", "0a 1b", "2c", "0a 1b 2c"}));
  EXPECT_EQ(planned("0ab", {}, 4096).disks, (Disks{"", "0a 1b"}));
  EXPECT_EQ(planned("0a", {}, 512).disks, (Disks{"", "0a"}));
}

TEST(States, OfWritesToOnePieceALaterOneIsNotThereWithoutAnEarlier) {
  EXPECT_EQ(planned("0a 1b", {}, 1024).disks, (Disks{"", "0a", "0a 1b"}));
  EXPECT_EQ(planned("0a 1b", {}, 512).disks, (Disks{"", "0a", "1b", "0a 1b"}));
}

TEST(States, ADurableWriteAnswersForNoOtherPartOfItsPiece) {
  const Disks disks = planned("0a 1b !1c", {}, 1024).disks;
  EXPECT_TRUE(disks.contains("1c")) << "0 was never flushed";
  EXPECT_TRUE(disks.contains("0a 1c"));
}

TEST(States, KilledNothingIsLost) {
  EXPECT_EQ(planned("1ab 3c | 4d", {.kill = true}).disks,
            (Disks{"", "1a 2b", "1a 2b 3c", "1a 2b 3c 4d"}));
}

TEST(States, TheCountSaysHowManyThereAre) {
  // In order: before, and for each of 3 writes the two halves and the whole; 2^3 - 1 choices.
  EXPECT_EQ(planned("1a 2b 3c").plan.possible, 1u + 3 * 3 + 7);
  EXPECT_EQ(planned("1a 2b 3c").plan.states.size(), 1u + 3 * 3 + 7);
}

std::string many(int writes) {
  std::string words;
  for (int i = 0; i < writes; ++i) {
    words += std::to_string(i % 10) + static_cast<char>('a' + i % 26) + " ";
  }
  words.pop_back();
  return words;
}

TEST(States, OfTooManyAStatedNumberIsTriedAndTheSeedDecidesWhich) {
  const StateLimits limits{.most = 200, .seed = 3};
  const Planned all = planned(many(30), limits);
  EXPECT_EQ(all.plan.states.size(), 200u);
  EXPECT_GT(all.plan.possible, 1'000'000u);
  EXPECT_EQ(planned(many(30), limits).plan.states, all.plan.states);
  EXPECT_NE(planned(many(30), {.most = 200, .seed = 4}).plan.states, all.plan.states);
}

TEST(States, AmongThoseThatAreDrawnEachSectorIsOnceLostAlone) {
  const Planned all = planned("1a 2b 3c 4d 5e 6f 7g 8h", {.most = 60});
  const std::string whole = "1a 2b 3c 4d 5e 6f 7g 8h";
  EXPECT_EQ(all.plan.states.size(), 60u);
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string without = whole;
    without.erase(at, 3);
    if (without.ends_with(' ')) without.pop_back();
    EXPECT_TRUE(all.disks.contains(without)) << without;
  }
}

TEST(States, WhereThoseInOrderAreTooManyHalfOfAllLoseWhatWasWritten) {
  const Planned all = planned(many(100), {.most = 10});
  const auto loses = [](const DiskState& state) { return !state.lost.empty(); };
  EXPECT_EQ(std::ranges::count_if(all.plan.states, loses), 5);
  EXPECT_EQ(planned(many(100), {.kill = true, .most = 10}).plan.states.size(), 10u);
}

TEST(States, WhereEvenThoseInOrderAreTooManyTheyAreTakenEvenly) {
  const Planned all = planned(many(100), {.most = 10});
  EXPECT_EQ(all.plan.states.size(), 10u);
  EXPECT_LT(all.plan.states.front().cut, 11u);
  EXPECT_GT(all.plan.states.back().cut, 89u);
}

TEST(States, OfOneLargeWriteNoStateListsItsSectors) {
  constexpr std::uint64_t kSectors = 20'000;
  const DiskLog log = log_of("1" + std::string(kSectors, 'a') + " |");
  const WriteHistory history(log, dots);
  const StatePlan plan = plan_states(history, {.most = 100});
  EXPECT_EQ(plan.states.size(), 100u);
  // With 3 a sector, the listed ones would be 600 million numbers.
  for (const DiskState& state : plan.states) {
    EXPECT_TRUE(state.lost.empty() || !state.under_way);
  }
  EXPECT_EQ(plan.possible, UINT64_MAX) << "2^20,000 choices before the flush";
  EXPECT_EQ(history.contents({.cut = 1, .under_way = true, .reached = 3}).size(), 3u);
}

TEST(States, MoreThanCanBeCountedIsSaid) {
  std::string words;
  for (int i = 0; i < 10; ++i) {
    for (int n = 0; n < 200; ++n)
      words += std::to_string(i) + static_cast<char>('a' + n % 26) + " ";
  }
  words.pop_back();
  EXPECT_EQ(planned(words, {.most = 9000}).plan.possible, UINT64_MAX);
}

}  // namespace
}  // namespace harness
