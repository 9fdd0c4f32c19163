#include "kernel/heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace kernel {
namespace {

constexpr size_t kHeader = 16;

struct HeapTest : testing::Test {
  static constexpr size_t kSize = 4096;
  alignas(Heap::kAlign) std::array<unsigned char, kSize> memory{};
  Heap heap{memory.data(), memory.size()};
};

TEST_F(HeapTest, EveryBlockIsAlignedAndLiesInTheHeap) {
  for (const size_t size : {1U, 2U, 15U, 16U, 17U, 100U}) {
    auto* block = static_cast<unsigned char*>(heap.allocate(size));
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(block) % Heap::kAlign, 0U);
    EXPECT_GE(block, memory.data());
    EXPECT_LE(block + size, memory.data() + memory.size());
  }
}

TEST_F(HeapTest, ZeroBytesGiveADistinctBlock) {
  void* first = heap.allocate(0);
  void* second = heap.allocate(0);
  ASSERT_NE(first, nullptr);
  ASSERT_NE(second, nullptr);
  EXPECT_NE(first, second);
}

TEST_F(HeapTest, ExhaustionIsNullAndLeavesTheHeapUsable) {
  void* most = heap.allocate(heap.largest());
  ASSERT_NE(most, nullptr);
  EXPECT_EQ(heap.used(), kSize);
  EXPECT_EQ(heap.largest(), 0U);
  EXPECT_EQ(heap.allocate(1), nullptr);
  EXPECT_TRUE(heap.free(most));
  EXPECT_NE(heap.allocate(1), nullptr);
}

TEST_F(HeapTest, ASizeThatCannotBeIsNullAndDoesNotWrapAround) {
  EXPECT_EQ(heap.allocate(kSize - kHeader + 1), nullptr);
  EXPECT_EQ(heap.allocate(SIZE_MAX), nullptr);
  EXPECT_EQ(heap.allocate(SIZE_MAX - 15), nullptr);
  EXPECT_EQ(heap.used(), 0U);
}

TEST_F(HeapTest, AMemoryTooSmallForABlockHoldsNone) {
  Heap none(memory.data(), 0);
  EXPECT_EQ(none.allocate(0), nullptr);
  EXPECT_EQ(none.largest(), 0U);
  Heap header_only(memory.data(), kHeader);
  EXPECT_EQ(header_only.allocate(0), nullptr);
  EXPECT_EQ(header_only.largest(), 0U);
}

TEST_F(HeapTest, AFreedBlockJoinsTheFreeOneBehindIt) {
  void* a = heap.allocate(100);
  void* b = heap.allocate(100);
  ASSERT_NE(heap.allocate(heap.largest()), nullptr);
  EXPECT_TRUE(heap.free(b));
  EXPECT_TRUE(heap.free(a));
  EXPECT_EQ(heap.largest(), 2 * (112 + kHeader) - kHeader);
}

TEST_F(HeapTest, AFreedBlockJoinsTheFreeOneBeforeIt) {
  void* a = heap.allocate(100);
  void* b = heap.allocate(100);
  ASSERT_NE(heap.allocate(heap.largest()), nullptr);
  EXPECT_TRUE(heap.free(a));
  EXPECT_TRUE(heap.free(b));
  EXPECT_EQ(heap.largest(), 2 * (112 + kHeader) - kHeader);
}

TEST_F(HeapTest, AFreedBlockJoinsBothItsNeighbours) {
  void* a = heap.allocate(100);
  void* b = heap.allocate(100);
  void* c = heap.allocate(100);
  ASSERT_NE(heap.allocate(heap.largest()), nullptr);
  EXPECT_TRUE(heap.free(a));
  EXPECT_TRUE(heap.free(c));
  EXPECT_EQ(heap.largest(), 112U);
  EXPECT_TRUE(heap.free(b));
  EXPECT_EQ(heap.largest(), 3 * (112 + kHeader) - kHeader);
}

TEST_F(HeapTest, ALiveNeighbourIsNotJoined) {
  void* a = heap.allocate(100);
  auto* b = static_cast<unsigned char*>(heap.allocate(100));
  std::memset(b, 0x5A, 100);
  EXPECT_TRUE(heap.free(a));
  ASSERT_NE(heap.allocate(heap.largest()), nullptr);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(b[i], 0x5A);
}

TEST_F(HeapTest, ADoubleFreeIsRefused) {
  void* a = heap.allocate(100);
  void* b = heap.allocate(100);
  EXPECT_TRUE(heap.free(a));
  const size_t used = heap.used();
  EXPECT_FALSE(heap.free(a));
  EXPECT_TRUE(heap.free(b));
  EXPECT_FALSE(heap.free(b)) << "also once its header has been swallowed by the block before it";
  EXPECT_EQ(used, 112 + kHeader);
  EXPECT_EQ(heap.used(), 0U);
}

TEST_F(HeapTest, ForeignPointersAreRefused) {
  auto* block = static_cast<unsigned char*>(heap.allocate(100));
  int foreign = 0;
  EXPECT_FALSE(heap.free(&foreign));
  EXPECT_FALSE(heap.free(block + Heap::kAlign));
  EXPECT_FALSE(heap.free(memory.data()));
  EXPECT_FALSE(heap.free(memory.data() + memory.size()));
  EXPECT_FALSE(heap.free(memory.data() + memory.size() + 64));
  EXPECT_EQ(heap.used(), 112 + kHeader);
}

TEST_F(HeapTest, APointerBehindAForgedHeaderIsRefused) {
  auto* block = static_cast<unsigned char*>(heap.allocate(100));
  std::memcpy(block, block - kHeader, kHeader);  // a true header, but not where a block starts
  EXPECT_FALSE(heap.free(block + kHeader));
  EXPECT_TRUE(heap.free(block));
}

TEST_F(HeapTest, FreeingNullDoesNothing) {
  EXPECT_TRUE(heap.free(nullptr));
  EXPECT_EQ(heap.used(), 0U);
}

TEST_F(HeapTest, PeakStaysWhenUsedFalls) {
  void* a = heap.allocate(1000);
  void* b = heap.allocate(500);
  const size_t most = heap.used();
  EXPECT_GE(most, 1500U);
  EXPECT_TRUE(heap.free(a));
  EXPECT_TRUE(heap.free(b));
  EXPECT_NE(heap.allocate(10), nullptr);
  EXPECT_LT(heap.used(), most);
  EXPECT_EQ(heap.peak(), most);
  EXPECT_EQ(heap.total(), kSize);
}

TEST_F(HeapTest, ARestTooSmallForABlockGoesAlong) {
  ASSERT_NE(heap.allocate(heap.largest() - kHeader), nullptr);
  EXPECT_EQ(heap.used(), kSize);
  EXPECT_EQ(heap.largest(), 0U);
}

TEST_F(HeapTest, ARestLargeEnoughForABlockStaysFree) {
  ASSERT_NE(heap.allocate(heap.largest() - kHeader - Heap::kAlign), nullptr);
  EXPECT_EQ(heap.largest(), Heap::kAlign);
  EXPECT_NE(heap.allocate(Heap::kAlign), nullptr);
}

TEST_F(HeapTest, AnOverwrittenHeaderIsSeenAndStopsTheHeapNotTheMachine) {
  auto* a = static_cast<unsigned char*>(heap.allocate(32));
  void* b = heap.allocate(32);
  EXPECT_TRUE(heap.intact());
  std::memset(a, 0, 32 + 1);  // one byte too many
  EXPECT_FALSE(heap.intact());
  EXPECT_EQ(heap.allocate(8), nullptr);
  EXPECT_FALSE(heap.free(b));
}

TEST_F(HeapTest, AForgedSizeLeadsTheHeapNowhere) {
  size_t header[2];
  std::memcpy(header, memory.data(), sizeof header);
  const size_t mark_of_zero = header[0] ^ header[1];
  // Zero would make a walk stand still, the others lead it between blocks or out of the heap.
  for (const size_t size : {size_t{0}, size_t{8}, kHeader + 8, kSize + kHeader, SIZE_MAX - 15}) {
    const size_t forged[] = {size, size ^ mark_of_zero};
    std::memcpy(memory.data(), forged, sizeof forged);
    EXPECT_FALSE(heap.intact()) << size;
    EXPECT_EQ(heap.allocate(8), nullptr) << size;
    EXPECT_EQ(heap.largest(), 0U) << size;
  }
}

/// The heap as it should be: live blocks by address, each filled with a byte of its own.
struct Model {
  struct Live {
    unsigned char* at;
    size_t size;
    unsigned char fill;
  };
  std::vector<Live> live;

  void expect_untouched() const {
    for (const Live& block : live) {
      for (size_t i = 0; i < block.size; ++i) ASSERT_EQ(block.at[i], block.fill);
    }
  }
  /// And puts it among the others.
  void add(const Live& block) {
    const auto next = std::lower_bound(live.begin(), live.end(), block.at,
                                       [](const Live& one, auto* at) { return one.at < at; });
    if (next != live.end()) ASSERT_LE(block.at + block.size, next->at);
    if (next != live.begin()) ASSERT_LE((next - 1)->at + (next - 1)->size, block.at);
    live.insert(next, block);
  }
};

TEST_F(HeapTest, TenThousandRandomStepsAgreeWithAModel) {
  std::mt19937 random(20);
  Model model;
  size_t refused = 0;
  for (int step = 0; step < 10'000; ++step) {
    // Long phases that fill and long phases that drain, so that both ends are reached.
    const bool filling = step / 500 % 2 == 0;
    if (random() % 10 < (filling ? 7U : 3U)) {
      const size_t size = random() % 4 == 0 ? random() % 600 : random() % 40;
      const size_t largest = heap.largest();
      auto* block = static_cast<unsigned char*>(heap.allocate(size));
      ASSERT_EQ(block != nullptr, largest != 0 && size <= largest);
      if (!block) {
        ++refused;
        continue;
      }
      const auto fill = static_cast<unsigned char>(random());
      std::memset(block, fill, size);
      model.add({block, size, fill});
    } else if (!model.live.empty()) {
      const auto victim = model.live.begin() + static_cast<int>(random() % model.live.size());
      ASSERT_TRUE(heap.free(victim->at));
      ASSERT_FALSE(heap.free(victim->at));
      model.live.erase(victim);
    }
    size_t needed = 0;
    for (const auto& block : model.live) needed += block.size + kHeader;
    ASSERT_GE(heap.used(), needed);
    ASSERT_LE(heap.used(), needed + model.live.size() * (Heap::kAlign + kHeader));
    ASSERT_TRUE(heap.intact());
    if (step % 50 == 0) model.expect_untouched();
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(refused, 0U) << "the test must reach exhaustion";
  model.expect_untouched();
  for (const auto& block : model.live) EXPECT_TRUE(heap.free(block.at));
  EXPECT_EQ(heap.used(), 0U);
  EXPECT_EQ(heap.largest(), kSize - kHeader) << "all free blocks coalesced into one";
}

}  // namespace
}  // namespace kernel
