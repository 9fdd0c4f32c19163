#include "profile/counts.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "profile/plugin/memory.h"
#include "profile/profile.h"
#include "profile/sample_profile.h"

namespace harness::profile {
namespace {

/// Memory as a plugin leaves it, changed by hand.
class CountsTest : public testing::Test {
 protected:
  CountsTest() : memory_(sample_code(), {.contexts = 16, .blocks = 16}) {
    header().node_count = 1;
    header().active_node = plugin::kNoNode;
  }
  plugin::Header& header() { return *reinterpret_cast<plugin::Header*>(memory_.data()); }
  template <class T>
  T& at(std::uint64_t offset, std::size_t index) {
    return reinterpret_cast<T*>(memory_.data() + offset)[index];
  }
  void count(std::uint32_t function, std::uint64_t instructions) {
    at<std::uint64_t>(header().functions_at, function) += instructions;
    header().total += instructions;
  }
  void context(std::uint32_t parent, std::uint32_t function, std::uint64_t self) {
    at<plugin::Node>(header().nodes_at, header().node_count++) = {
        parent, function, plugin::kNoNode, plugin::kNoNode, 1, self};
  }
  SharedMemory memory_;
};

TEST_F(CountsTest, PreparedMemoryHoldsTheMapAndNoCounts) {
  EXPECT_FALSE(memory_.attached());
  EXPECT_EQ(at<plugin::Range>(header().ranges_at, 1).begin, 0x1100u);
  EXPECT_EQ(memory_.read().total, 0u);
}

TEST_F(CountsTest, WhatCameAfterTheLastCallGoesToTheActiveContext) {
  count(0, 10);
  count(1, 5);
  context(0, 0, 10);
  context(1, 1, 2);
  header().active_node = 2;
  header().active_parent = 1;
  const Counts counts = memory_.read();
  EXPECT_EQ(counts.contexts[2].self, 5u);
  EXPECT_EQ(disagreement(make_profile(sample_code(), counts)),
            "the blocks add up to 0 instructions, and the plugin counted 15");
}

TEST_F(CountsTest, WhatRanBesideTheActiveContextStandsUnderItsCaller) {
  count(0, 10);
  count(2, 7);
  context(0, 0, 10);
  context(1, 1, 0);
  header().active_node = 2;
  header().active_parent = 1;
  const Counts counts = memory_.read();
  ASSERT_EQ(counts.contexts.size(), 4u);
  EXPECT_EQ(counts.contexts[3].parent, 1u);
  EXPECT_EQ(counts.contexts[3].function, 2u);
  EXPECT_EQ(counts.contexts[3].self, 7u);
}

/// QEMU runs a guest that may have broken into it: what it leaves is checked before it is used.
TEST_F(CountsTest, DamagedMemoryIsRefused) {
  const auto refused = [this] {
    try {
      static_cast<void>(memory_.read());
      return false;
    } catch (const Error& error) {
      return error.status == ExitStatus::invalid_data;
    }
  };
  const plugin::Header good = header();
  header().magic ^= 1;
  EXPECT_TRUE(refused());
  header() = good;
  header().node_count = header().node_capacity + 1;
  EXPECT_TRUE(refused());
  header() = good;
  header().block_count = UINT32_MAX;
  EXPECT_TRUE(refused());
  header() = good;
  context(1, 0, 0);  // its own parent
  EXPECT_TRUE(refused());
  header() = good;
  context(0, 99, 0);
  EXPECT_TRUE(refused());
  header() = good;
  header().block_count = 1;
  at<plugin::Block>(header().blocks_at, 0).function = 99;
  EXPECT_TRUE(refused());
  header() = good;
  context(0, 0, 1);  // one instruction that the function does not have
  EXPECT_TRUE(refused());
  header() = good;
  EXPECT_FALSE(refused());
}

/// Of functions that the guest makes there is room for more than were told of.
TEST_F(CountsTest, FunctionsOfTheGuestsMakingAreCountedBehindTheOthers) {
  memory_.set_made({{0x5000, 0x5010, 4, plugin::kEntry}, {0x6000, 0x6010, 5, plugin::kEntry}});
  EXPECT_EQ(header().made_count, 2u);
  EXPECT_EQ(at<plugin::Range>(header().made_at, 1).begin, 0x6000u);
  count(4, 3);
  context(0, 4, 3);
  header().block_count = 1;
  at<plugin::Block>(header().blocks_at, 0) = {0x5000, 2, 1, 4, 1, 3};
  header().code_used = 2;
  memory_.data()[header().code_at] = std::byte{0x31};
  memory_.data()[header().code_at + 1] = std::byte{0xC0};
  EXPECT_THROW(static_cast<void>(memory_.read()), Error) << "nobody told of it";
  const Counts counts = memory_.read(2);
  EXPECT_EQ(counts.functions, (std::vector<std::uint64_t>{0, 0, 0, 0, 3, 0}));
  EXPECT_EQ(counts.blocks.at(0).code, "\x31\xC0");
  at<plugin::Block>(header().blocks_at, 0).code = header().code_capacity;
  EXPECT_THROW(static_cast<void>(memory_.read(2)), Error) << "its bytes lie outside";
}

TEST_F(CountsTest, OffsetsAreNotTakenFromTheMemory) {
  header().functions_at = UINT64_MAX - 4;
  EXPECT_THROW(static_cast<void>(memory_.read()), Error);
}

}  // namespace
}  // namespace harness::profile
