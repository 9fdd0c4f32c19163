#include "profile/plugin/turns.h"

#include <gtest/gtest.h>

namespace harness::plugin {
namespace {

constexpr std::uint64_t kStos = 0x1000, kOther = 0x2000, kMovs = 0x3000;

/// A turn that begins when `total` are counted: true where it counts.
bool begins(Turns& turns, std::uint64_t address, std::uint64_t total) {
  if (turns.is_tried_again(address, total)) return false;
  turns.counted(address, total + 1, address == kMovs ? 2 : 1);
  return true;
}

TEST(Turns, EachThatStoresIsOneOfItsOwn) {
  Turns turns;
  for (std::uint64_t total = 10; total < 15; ++total) {
    EXPECT_TRUE(begins(turns, kStos, total));
    ++turns.accesses_at(kStos);
  }
  EXPECT_TRUE(begins(turns, kStos, 15)) << "the one that finds it done";
  EXPECT_TRUE(begins(turns, kStos, 18)) << "and the first of another time";
}

TEST(Turns, AStoreIntoItsOwnBlockIsTriedAgainAtOnce) {
  Turns turns;
  EXPECT_TRUE(begins(turns, kMovs, 10));
  ++turns.accesses_at(kMovs);  // it has read, and not stored
  EXPECT_FALSE(begins(turns, kMovs, 11));
  turns.accesses_at(kMovs) += 2;
  EXPECT_TRUE(begins(turns, kMovs, 11));
}

TEST(Turns, AFaultIsTriedAgainWhenItsHandlerReturns) {
  Turns turns;
  EXPECT_TRUE(begins(turns, kStos, 10));
  turns.entered(11);
  EXPECT_TRUE(begins(turns, kOther, 15)) << "the handler clears a page";
  ++turns.accesses_at(kOther);
  turns.trap_returned(20);
  EXPECT_FALSE(begins(turns, kStos, 20));
  ++turns.accesses_at(kStos);
  EXPECT_TRUE(begins(turns, kStos, 20));
}

TEST(Turns, AnInterruptBeforeATurnIsNoFault) {
  Turns turns;
  EXPECT_TRUE(begins(turns, kStos, 10)) << "finds it done";
  turns.entered(14);  // what follows was executed before the interrupt
  turns.trap_returned(20);
  EXPECT_TRUE(begins(turns, kStos, 20));
}

}  // namespace
}  // namespace harness::plugin
