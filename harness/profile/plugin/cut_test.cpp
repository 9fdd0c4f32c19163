#include "profile/plugin/cut.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace harness::plugin {
namespace {

/// The instructions from `address` on, one list of bytes each, all of one function that is
/// followed.
std::vector<BlockInstruction> block_at(std::uint64_t address,
                                       std::initializer_list<std::vector<std::uint8_t>> code) {
  std::vector<BlockInstruction> block;
  for (const auto& bytes : code) {
    BlockInstruction one;
    one.address = address;
    one.bytes = static_cast<std::uint32_t>(bytes.size());
    one.what = decode(bytes.data(), bytes.size(), address);
    one.code = {0, false, true, false};
    block.push_back(one);
    address += bytes.size();
  }
  return block;
}

/// "first+size@counted_at" for each piece, with ! where it may be tried again, ^ at an access.
std::string cuts_of(const std::vector<BlockInstruction>& block) {
  std::vector<Cut> cuts(block.size());
  cuts.resize(cut_block(block.data(), block.size(), cuts.data()));
  std::string text;
  for (const Cut& cut : cuts) {
    constexpr const char* kMarks[] = {"", "!", "^"};
    text += (text.empty() ? "" : " ") + std::to_string(cut.first) + "+" + std::to_string(cut.size) +
            "@" + std::to_string(cut.counted_at) + kMarks[static_cast<std::size_t>(cut.when)];
  }
  return text;
}

const std::vector<std::uint8_t> kNop = {0x90}, kStore = {0x89, 0x07}, kRet = {0xc3},
                                kJump = {0x75, 0xf0}, kCall = {0xe8, 0, 0, 0, 0},
                                kLong = {0xb8, 1, 0, 0, 0}, kOut = {0xee}, kIret = {0xcf};

TEST(Cut, WhatCannotFailIsOnePieceWithItsJump) {
  EXPECT_EQ(cuts_of(block_at(0x1000, {kNop, kLong, kJump})), "0+3@0");
}

TEST(Cut, AStoreIsCountedByWhatStandsBehindIt) {
  EXPECT_EQ(cuts_of(block_at(0x1000, {kNop, kStore, kNop, kJump})), "0+1@0 1+3@2");
  EXPECT_EQ(cuts_of(block_at(0x1000, {kStore, kStore, kJump})), "0+1@1 1+2@2");
}

TEST(Cut, TheLastIsCountedWhenItBeginsAndMayBeTriedAgain) {
  EXPECT_EQ(cuts_of(block_at(0x1000, {kNop, kStore})), "0+1@0 1+1@1!");
  EXPECT_EQ(cuts_of(block_at(0x1000, {kNop, kOut})), "0+1@0 1+1@1") << "touches no memory";
}

TEST(Cut, CallsAndReturnsAreCountedWhenTheyHaveTouchedTheStack) {
  EXPECT_EQ(cuts_of(block_at(0x1000, {kStore, kRet})), "0+1@1 1+1@1^");
  EXPECT_EQ(cuts_of(block_at(0x1000, {kCall})), "0+1@0^");
  EXPECT_EQ(cuts_of(block_at(0x1000, {{0xff, 0x25, 0, 0, 0, 0}})), "0+1@0^") << "jmp [...]";
  auto firmware = block_at(0x1000, {kCall});
  firmware[0].code.is_followed = false;
  EXPECT_EQ(cuts_of(firmware), "0+1@0!");
}

TEST(Cut, NothingReliesOnWhatQemuMayHaveDroppedAtTheEndOfAPage) {
  EXPECT_EQ(cuts_of(block_at(0x1ff8, {kNop, kNop, kLong})), "0+2@0 2+1@2");
  EXPECT_EQ(cuts_of(block_at(0x1ff8, {kStore, kLong})), "0+1@0! 1+1@1");
  EXPECT_EQ(cuts_of(block_at(0x1ff8, {kLong})), "0+1@0") << "the first of a block is never dropped";
  EXPECT_EQ(cuts_of(block_at(0x1fe0, {kNop, kLong})), "0+2@0") << "it ends within the page";
}

TEST(Cut, ANewFunctionBeginsAPiece) {
  auto block = block_at(0x1000, {kNop, kNop, kNop});
  block[1].code.function = block[2].code.function = 1;
  EXPECT_EQ(cuts_of(block), "0+1@0 1+2@1");
  block[2].code.is_entry = true;
  EXPECT_EQ(cuts_of(block), "0+1@0 1+1@1 2+1@2");
}

TEST(Cut, TellsHowManyAreCountedBeforeAnInstruction) {
  const auto block = block_at(0x1000, {kStore, kIret});
  std::vector<Cut> cuts(block.size());
  const std::size_t count = cut_block(block.data(), block.size(), cuts.data());
  EXPECT_EQ(counted_before(cuts.data(), count, 1), 2u) << "the store, and the return itself";
  EXPECT_EQ(counted_before(cuts.data(), count, 0), 0u);
}

}  // namespace
}  // namespace harness::plugin
