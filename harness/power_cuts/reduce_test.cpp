#include "power_cuts/reduce.h"

#include <gtest/gtest.h>

#include "power_cuts/history_testing.h"

namespace harness {
namespace {

TEST(Reduce, KeepsWhatTheFailureNeedsAndNothingElse) {
  const DiskLog log = log_of("1a 2b 3c 4d 5e");
  const WriteHistory history(log, dots);
  // Sector 4 is there, and 2 is not.
  const auto fails = [&](const DiskState& state) {
    const SectorContents disk = history.contents(state);
    return disk.contains(4) && !disk.contains(2);
  };
  const DiskState state{.cut = 5, .lost = {0, 1, 2}, .torn = 4};
  ASSERT_TRUE(fails(state));
  EXPECT_EQ(reduce(history, state, 100, fails), (DiskState{.cut = 4, .lost = {1}}));
}

TEST(Reduce, OfAWriteThatWasCutAsLittleAsCanBeIsMissing) {
  const DiskLog log = log_of("1abcde");
  const WriteHistory history(log, dots);
  // The last sector is not there.
  const auto fails = [&](const DiskState& state) { return !history.contents(state).contains(5); };
  EXPECT_EQ(reduce(history, {.cut = 1, .under_way = true, .reached = 1}, 100,
                   [&](const DiskState& state) { return state.cut == 1 && fails(state); }),
            (DiskState{.cut = 1, .under_way = true, .reached = 4}));
}

TEST(Reduce, EndsAfterSoManyTries) {
  const DiskLog log = log_of("1a 2b 3c 4d 5e");
  const WriteHistory history(log, dots);
  std::size_t tries = 0;
  const auto always = [&](const DiskState&) {
    ++tries;
    return true;
  };
  reduce(history, {.cut = 5, .lost = {0, 1, 2, 3}}, 2, always);
  EXPECT_EQ(tries, 2u);
}

TEST(Reduce, WhatCannotBePlainerStays) {
  const DiskLog log = log_of("1a | 2b");
  const WriteHistory history(log, dots);
  const DiskState state{.cut = 3, .under_way = true, .lost = {}, .torn = 1};
  EXPECT_EQ(reduce(history, state, 100, [](const DiskState&) { return false; }), state);
}

}  // namespace
}  // namespace harness
