#include "adaptive/twin_memory.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <map>
#include <vector>

namespace jit {
namespace {

constexpr uint32_t kPage = Views::kPage;
constexpr uint32_t kGlobals = 8, kGap = 40, kStack = 6, kPages = kGlobals + kGap + kStack;

/// The program's memory, where 32 bits are enough for its addresses, and what is said of it.
class TwinMemoryTest : public testing::Test {
 protected:
  void SetUp() override {
    void* const at = mmap(nullptr, size_t{kPages} * kPage, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    ASSERT_NE(at, MAP_FAILED);
    bytes_ = static_cast<uint8_t*>(at);
    state_.low = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(at));
    state_.high = state_.low + kPages * kPage;
    state_.stack_low = state_.low + kGlobals * kPage - 100;
    state_.stack_pointer = state_.high - 2 * kPage + 16;
    views_ = {begin, share, open, lead, see, ask, this};
    ASSERT_TRUE(twin_.use(views_, {pool_.data(), static_cast<uint32_t>(pool_.size())}));
  }
  void TearDown() override { munmap(bytes_, size_t{kPages} * kPage); }

  /// As the program and the first run store to it.
  void store(uint32_t offset, uint8_t value) {
    const uint32_t address = state_.low + offset, page = address & ~(kPage - 1);
    if (rights_.contains(page) && !rights_[page]) ASSERT_TRUE(write_(writer_, address));
    bytes_[offset] = value;
  }
  /// As the second one does, and what it finds.
  void store_second(uint32_t offset, uint8_t value) {
    const uint32_t address = state_.low + offset, page = address & ~(kPage - 1);
    ASSERT_TRUE(second_.contains(page)) << "nothing is there";
    if (!second_[page].writable) {
      twin_.see_second(true);
      const bool allowed = write_(writer_, address);
      twin_.see_second(false);
      ASSERT_TRUE(allowed);
    }
    second_[page].bytes[offset % kPage] = value;
  }
  uint8_t second(uint32_t offset) {
    return second_[(state_.low + offset) & ~(kPage - 1)].bytes[offset % kPage];
  }
  bool is_same() { return twin_.is_same(pace_); }

  State state_;
  uint8_t* bytes_ = nullptr;
  std::vector<uint8_t> pool_ = std::vector<uint8_t>(size_t{200} * kPage);
  TwinMemory twin_;
  Views views_;
  Pace pace_{[](void*) {}, nullptr};
  struct Page {
    uint8_t* bytes;
    bool writable;
  };
  std::map<uint32_t, bool> rights_;  // of the first
  std::map<uint32_t, Page> second_;
  bool (*write_)(void*, uint32_t) = nullptr;
  void* writer_ = nullptr;

 private:
  static TwinMemoryTest& self(void* context) { return *static_cast<TwinMemoryTest*>(context); }
  static bool begin(void* context, uint32_t, uint32_t, uint32_t) {
    self(context).second_.clear();
    self(context).rights_.clear();
    return true;
  }
  static bool share(void* context, uint32_t low, uint32_t end) {
    for (uint32_t at = low; at < end; at += kPage) {
      self(context).rights_[at] = false;
      self(context).second_[at] = {reinterpret_cast<uint8_t*>(uintptr_t{at}), false};
    }
    return true;
  }
  static void open(void* context, uint32_t low, uint32_t end) {
    for (uint32_t at = low; at < end; at += kPage) self(context).rights_[at] = true;
  }
  static bool lead(void* context, bool second, uint32_t address, uint8_t* bytes, bool writable) {
    if (second) {
      self(context).second_[address] = {bytes, writable};
    } else {
      self(context).rights_[address] = writable;
    }
    return true;
  }
  static void see(void*, bool) {}
  static void ask(void* context, bool (*write)(void*, uint32_t), void* writer) {
    self(context).write_ = write;
    self(context).writer_ = writer;
  }
};

constexpr uint32_t kThird = 3 * kPage + 5, kFourth = 4 * kPage + 6, kTop = (kPages - 1) * kPage;

TEST_F(TwinMemoryTest, TheSecondFindsWhatTheFirstFound) {
  bytes_[kThird] = 1;
  bytes_[kTop] = 2;
  ASSERT_TRUE(twin_.begin(state_));
  store(kThird, 11);
  store(kTop, 12);
  EXPECT_EQ(second(kThird), 1);
  EXPECT_EQ(second(kTop), 2);
  twin_.end_first();
  EXPECT_FALSE(is_same()) << "the second has done nothing";
  store_second(kThird, 11);
  EXPECT_FALSE(is_same());
  store_second(kTop, 12);
  EXPECT_TRUE(is_same());
}

TEST_F(TwinMemoryTest, WhatTheProgramWritesMeanwhileIsNoPartOfIt) {
  bytes_[kThird] = 1;
  bytes_[kFourth] = 2;
  ASSERT_TRUE(twin_.begin(state_));
  store(kThird, 11);
  twin_.end_first();
  store(kThird, 21);
  store(kFourth, 22);
  store(kTop, 23);
  EXPECT_EQ(second(kThird), 1);
  EXPECT_EQ(second(kFourth), 2);
  EXPECT_EQ(second(kTop), 0);
  store_second(kThird, 11);
  EXPECT_TRUE(is_same());
  EXPECT_EQ(bytes_[kThird], 21);
}

TEST_F(TwinMemoryTest, WhatTheSecondAloneWritesIsFoundAndStaysItsOwn) {
  for (const bool before : {false, true}) {
    ASSERT_TRUE(twin_.begin(state_));
    twin_.end_first();
    if (before) store(kFourth + 1, 7);  // by the program
    store_second(kFourth, 9);
    if (!before) store(kFourth + 1, 8);
    EXPECT_EQ(bytes_[kFourth], 0);
    EXPECT_FALSE(is_same());
    store_second(kFourth, 0);
    EXPECT_TRUE(is_same());
    twin_.end();
    bytes_[kFourth + 1] = 0;
  }
}

TEST_F(TwinMemoryTest, BelowTheStackPointerNothingCounts) {
  const uint32_t pointer = state_.stack_pointer - state_.low;
  ASSERT_TRUE(twin_.begin(state_));
  twin_.end_first();
  store_second(pointer - 1, 5);
  store_second(pointer - 3 * kPage, 6);
  EXPECT_TRUE(is_same());
  EXPECT_EQ(bytes_[pointer - 1], 0) << "the second has a stack of its own";
  store_second(pointer, 7);
  EXPECT_FALSE(is_same());
}

TEST_F(TwinMemoryTest, NothingIsWhereTheSecondMayNotCome) {
  ASSERT_TRUE(twin_.begin(state_));
  EXPECT_GT(twin_.stack_low(), state_.low + kGlobals * kPage);
  EXPECT_FALSE(second_.contains(twin_.stack_low() - kPage));
  EXPECT_TRUE(second_.contains(twin_.stack_low()));
  EXPECT_FALSE(write_(writer_, twin_.stack_low() - kPage)) << "a fault of the program's own";
}

TEST_F(TwinMemoryTest, AtItsEndAllIsTheProgramsAgain) {
  ASSERT_TRUE(twin_.begin(state_));
  store(kThird, 11);
  twin_.end_first();
  EXPECT_FALSE(rights_[state_.low]);
  EXPECT_FALSE(rights_[state_.low + 3 * kPage]);
  twin_.end();
  for (const auto& [page, writable] : rights_) EXPECT_TRUE(writable) << page;
  EXPECT_EQ(write_, nullptr);
}

TEST_F(TwinMemoryTest, TooFewPagesAreTold) {
  constexpr uint32_t kMany = 300;  // of globals; there are 200 in the pool
  void* const at = mmap(nullptr, size_t{kMany + kGap + kStack} * kPage, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
  ASSERT_NE(at, MAP_FAILED);
  State state;
  state.low = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(at));
  state.high = state.low + (kMany + kGap + kStack) * kPage;
  state.stack_low = state.low + kMany * kPage;
  state.stack_pointer = state.high - 64;
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(twin_.begin(state));
    for (uint32_t page = 0; page < 100; ++page) {
      ASSERT_TRUE(write_(writer_, state.low + page * kPage));
    }
    EXPECT_FALSE(twin_.is_lost()) << "pages are free behind a trial";
    for (uint32_t page = 100; page < kMany; ++page) {
      ASSERT_TRUE(write_(writer_, state.low + page * kPage)) << "the program goes on";
    }
    EXPECT_TRUE(twin_.is_lost());
    twin_.end_first();
    EXPECT_FALSE(is_same()) << "nothing is known of it";
    twin_.end();
  }
  munmap(at, size_t{kMany + kGap + kStack} * kPage);
}

TEST_F(TwinMemoryTest, WhatDoesNotFitIsNotBegun) {
  State other = state_;
  other.low += 16;
  EXPECT_FALSE(twin_.begin(other)) << "a page that is not all the program's";
  other = state_;
  other.stack_pointer = state_.low + (kGlobals + 2) * kPage;
  EXPECT_FALSE(twin_.begin(other)) << "no room for a stack";
  TwinMemory none;
  EXPECT_FALSE(none.begin(state_));
  EXPECT_FALSE(none.use(views_, {pool_.data(), 100 * kPage}));
  EXPECT_FALSE(none.is_usable());
}

}  // namespace
}  // namespace jit
