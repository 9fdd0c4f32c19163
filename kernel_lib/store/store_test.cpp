// What a store finds again, what it refuses and by which name, and what it writes.
#include "kernel/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "store/disk_testing.h"
#include "store/format.h"

namespace kernel {
namespace {

constexpr StoreRegion kRegion{.first = 3, .sectors = 10};  // halves of 4 sectors, 2048 bytes
constexpr std::uint32_t kLog = kRegion.first + 2;
constexpr StoreKey kKey{{1, 2, 3}}, kOtherKey{{1, 2, 4}};

/// A store with its own memory, open.
struct OpenStore {
  explicit OpenStore(BlockDevice& disk, const StoreKey& key = kKey, StoreRegion region = kRegion)
      : memory(Store::memory_for(region) / 4), store(disk, region, key, memory.data()) {
    opened = store.open();
  }
  std::string text(std::uint16_t kind, std::uint32_t id) const {
    StoreRecord record;
    if (!store.find(kind, id, record)) return "-";
    return {reinterpret_cast<const char*>(record.bytes), record.size};
  }
  StoreStatus put(std::uint32_t id, const std::string& text) {
    return store.put(1, id, text.data(), static_cast<std::uint32_t>(text.size()));
  }
  std::vector<std::uint32_t> memory;  // aligned to 4
  Store store;
  StoreOpened opened;
};

struct StoreTest : testing::Test {
  MemoryDisk disk{kRegion.first + kRegion.sectors};

  /// Two commits: the headers are in slot 0 (older) and slot 1.
  void write_two() {
    OpenStore first(disk);
    ASSERT_EQ(first.put(7, "one"), StoreStatus::ok);
    ASSERT_EQ(first.store.commit(), StoreStatus::ok);
    ASSERT_EQ(first.put(8, "two"), StoreStatus::ok);
    ASSERT_EQ(first.store.commit(), StoreStatus::ok);
  }
  store_format::Header& header(std::uint32_t slot) {
    return *reinterpret_cast<store_format::Header*>(disk.sectors[kRegion.first + slot].data());
  }
  /// With the checksum that belongs to it.
  void change_header(std::uint32_t slot, void (*change)(store_format::Header&)) {
    change(header(slot));
    header(slot).checksum = 0;
    wire::Crc32 sum;
    sum.add(reinterpret_cast<const char*>(&header(slot)), 508);
    header(slot).checksum = sum.value();
  }
};

TEST_F(StoreTest, WhatWasCommittedIsThereAfterTheBoot) {
  write_two();
  const OpenStore again(disk);
  EXPECT_EQ(again.opened.refusal, StoreRefusal::none);
  EXPECT_EQ(again.opened.generation, 2u);
  EXPECT_EQ(again.opened.records, 2u);
  EXPECT_EQ(again.text(1, 7), "one");
  EXPECT_EQ(again.text(1, 8), "two");
  EXPECT_EQ(again.text(2, 7), "-");
}

TEST_F(StoreTest, WhatWasOnlyPutIsNot) {
  {
    OpenStore first(disk);
    ASSERT_EQ(first.put(7, "one"), StoreStatus::ok);
  }
  EXPECT_TRUE(disk.events.empty());
  EXPECT_EQ(OpenStore(disk).opened.refusal, StoreRefusal::blank);
}

TEST_F(StoreTest, ACommitIsDataFlushHeaderFlush) {
  write_two();
  std::vector<int> order;
  for (const MemoryDisk::Event& e : disk.events) {
    order.push_back(e.flush ? -1 : static_cast<int>(e.sector - kRegion.first));
  }
  EXPECT_EQ(order, (std::vector<int>{2, -1, 0, -1, 3, -1, 1, -1}));
}

TEST_F(StoreTest, OpeningAndAnEmptyCommitWriteNothing) {
  write_two();
  disk.events.clear();
  OpenStore again(disk);
  EXPECT_EQ(again.store.commit(), StoreStatus::ok);
  EXPECT_TRUE(disk.events.empty());
}

TEST_F(StoreTest, ALaterRecordReplacesAnEarlierOneAndAnEmptyOneRemovesIt) {
  write_two();
  OpenStore again(disk);
  ASSERT_EQ(again.put(7, "new"), StoreStatus::ok);
  ASSERT_EQ(again.put(8, ""), StoreStatus::ok);
  EXPECT_EQ(again.text(1, 7), "new");
  EXPECT_EQ(again.text(1, 8), "-");
  ASSERT_EQ(again.store.commit(), StoreStatus::ok);
  EXPECT_EQ(OpenStore(disk).text(1, 7), "new");
  EXPECT_EQ(OpenStore(disk).text(1, 8), "-");
}

TEST_F(StoreTest, ATornHeaderGivesWayToTheOneBefore) {
  for (const std::size_t begin : {0u, 256u}) {
    disk = MemoryDisk(kRegion.first + kRegion.sectors);
    write_two();
    std::fill_n(disk.sectors[kRegion.first + 1].begin() + static_cast<std::ptrdiff_t>(begin), 256,
                std::uint8_t{0});
    const OpenStore again(disk);
    EXPECT_EQ(again.opened.refusal, StoreRefusal::none) << begin;
    EXPECT_EQ(again.opened.passed_over, StoreRefusal::torn) << begin;
    EXPECT_EQ(again.opened.generation, 1u);
    EXPECT_EQ(again.text(1, 7), "one");
    EXPECT_EQ(again.text(1, 8), "-");
  }
}

TEST_F(StoreTest, ATornRecordGivesWayToo) {
  write_two();
  disk.sectors[kLog + 1][16] ^= 1;
  const OpenStore again(disk);
  EXPECT_EQ(again.opened.refusal, StoreRefusal::none);
  EXPECT_EQ(again.opened.passed_over, StoreRefusal::torn);
  EXPECT_EQ(again.opened.records, 1u);
  disk.sectors[kLog][16] ^= 1;
  EXPECT_EQ(OpenStore(disk).opened.refusal, StoreRefusal::torn);
}

TEST_F(StoreTest, WholeRecordsOfAnotherTimeAreStale) {
  write_two();
  const Sector two = disk.sectors[kLog + 1];
  OpenStore more(disk);
  ASSERT_EQ(more.put(8, "TWO"), StoreStatus::ok);
  ASSERT_EQ(more.store.commit(), StoreStatus::ok);
  disk.sectors[kLog + 2] = two;  // the third commit's sector never came, and an older one is there
  const OpenStore again(disk);
  EXPECT_EQ(again.opened.passed_over, StoreRefusal::stale);
  EXPECT_EQ(again.opened.generation, 2u);
  EXPECT_EQ(again.text(1, 8), "two");
}

TEST_F(StoreTest, OtherBuildsSizesAndVersionsAreRefusedByName) {
  write_two();
  EXPECT_EQ(OpenStore(disk, kOtherKey).opened.refusal, StoreRefusal::other_build);
  EXPECT_EQ(OpenStore(disk, kKey, {.first = 3, .sectors = 8}).opened.refusal,
            StoreRefusal::other_size);
  change_header(1, [](store_format::Header& h) { h.version = 2; });
  const OpenStore newer(disk);
  EXPECT_EQ(newer.opened.refusal, StoreRefusal::newer_version);
  EXPECT_EQ(newer.text(1, 7), "-") << "nor is what was there before it used";
}

TEST_F(StoreTest, NumbersThatCannotBeAreRefused) {
  using Header = store_format::Header;
  void (*const changes[])(Header&) = {
      [](Header& h) { h.half = 2; },        [](Header& h) { h.log_bytes = 5 * 512; },
      [](Header& h) { h.log_bytes = 100; }, [](Header& h) { h.records = 9; },
      [](Header& h) { h.version = 0; },
  };
  for (const auto change : changes) {
    disk = MemoryDisk(kRegion.first + kRegion.sectors);
    write_two();
    change_header(1, change);
    EXPECT_EQ(OpenStore(disk).opened.passed_over, StoreRefusal::impossible);
    EXPECT_EQ(OpenStore(disk).opened.generation, 1u);
  }
}

TEST_F(StoreTest, WhatIsForeignOrNewerIsFirstTakenOver) {
  for (int newer = 0; newer < 2; ++newer) {
    disk = MemoryDisk(kRegion.first + kRegion.sectors);
    write_two();
    if (newer == 1) {
      change_header(1, [](store_format::Header& h) { h.version = 7; });
    } else {
      disk.sectors[kRegion.first].fill('x');
      disk.sectors[kRegion.first + 1].fill('y');
    }
    OpenStore again(disk);
    EXPECT_EQ(again.opened.refusal,
              newer == 1 ? StoreRefusal::newer_version : StoreRefusal::foreign);
    disk.events.clear();
    ASSERT_EQ(again.put(1, "mine"), StoreStatus::ok);
    EXPECT_EQ(again.store.commit(), StoreStatus::not_ours);
    EXPECT_TRUE(disk.events.empty());
    again.store.take_over();
    EXPECT_EQ(again.store.commit(), StoreStatus::ok);
    EXPECT_EQ(OpenStore(disk).text(1, 1), "mine");
    EXPECT_EQ(OpenStore(disk).text(1, 7), "-");
  }
}

TEST_F(StoreTest, ANewBuildOverwritesTheOldOnlyAfterItsOwn) {
  write_two();
  {
    OpenStore other(disk, kOtherKey);
    ASSERT_EQ(other.put(1, "mine"), StoreStatus::ok);
    ASSERT_EQ(other.store.commit(), StoreStatus::ok);
    EXPECT_EQ(other.store.generation(), 3u);
  }
  EXPECT_EQ(OpenStore(disk, kOtherKey).text(1, 1), "mine");
  EXPECT_EQ(OpenStore(disk, kOtherKey).text(1, 7), "-");
  // A power cut would have left this: the header in slot 1, and its log.
  EXPECT_EQ(OpenStore(disk).text(1, 8), "two");
}

TEST_F(StoreTest, AFullLogIsWrittenAnewWithoutWhatWasReplaced) {
  OpenStore store(disk);
  const std::string large(900, 'x');
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(store.put(1, large + std::to_string(i)), StoreStatus::ok) << i;
    ASSERT_EQ(store.put(2, std::to_string(i)), StoreStatus::ok) << i;
    ASSERT_EQ(store.store.commit(), StoreStatus::ok) << i;
  }
  const OpenStore again(disk);
  EXPECT_EQ(again.text(1, 1), large + "19");
  EXPECT_EQ(again.text(1, 2), "19");
  EXPECT_EQ(again.opened.generation, 20u);
}

TEST_F(StoreTest, NoSectorIsWrittenMoreOftenThanItsShare) {
  OpenStore store(disk);
  constexpr unsigned kCommits = 120;
  disk.remembers = false;  // a guest's heap is small
  for (unsigned i = 0; i < kCommits; ++i) {
    ASSERT_EQ(store.put(1, std::to_string(i)), StoreStatus::ok);
    ASSERT_EQ(store.store.commit(), StoreStatus::ok);
  }
  for (std::uint32_t sector = 0; sector < kRegion.sectors; ++sector) {
    // A header every second time; a log of one live record is written anew after each 4 commits.
    EXPECT_LE(disk.writes[kRegion.first + sector], sector < 2 ? kCommits / 2 : kCommits / 8 + 1)
        << sector;
  }
}

TEST_F(StoreTest, FullIsAValueAndWhatWasThereStays) {
  OpenStore store(disk);
  const std::string large(1000, 'x');
  ASSERT_EQ(store.put(1, large), StoreStatus::ok);
  ASSERT_EQ(store.put(2, large), StoreStatus::ok);
  EXPECT_EQ(store.put(3, large), StoreStatus::full);
  EXPECT_EQ(store.put(3, std::string(100'000, 'x')), StoreStatus::full);
  ASSERT_EQ(store.store.commit(), StoreStatus::ok);
  EXPECT_EQ(store.put(3, large), StoreStatus::full);
  EXPECT_EQ(store.put(2, large.substr(1)), StoreStatus::ok) << "it takes the place of the old one";
  ASSERT_EQ(store.store.commit(), StoreStatus::ok);
  EXPECT_EQ(OpenStore(disk).text(1, 2), large.substr(1));
  EXPECT_EQ(OpenStore(disk).text(1, 1), large);
}

TEST_F(StoreTest, KindZeroIsNone) {
  OpenStore store(disk);
  EXPECT_EQ(store.store.put(0, 1, "a", 1), StoreStatus::invalid);
}

TEST_F(StoreTest, AnErrorOfTheDiskIsAValueAndClosesTheStore) {
  OpenStore store(disk);
  ASSERT_EQ(store.put(1, "one"), StoreStatus::ok);
  disk.fails = true;
  EXPECT_EQ(store.store.commit(), StoreStatus::device);
  EXPECT_EQ(store.put(2, "two"), StoreStatus::device);
  EXPECT_EQ(store.store.open().refusal, StoreRefusal::unreadable);
  EXPECT_EQ(store.store.commit(), StoreStatus::device);
  disk.fails = false;
  EXPECT_EQ(store.store.commit(), StoreStatus::device) << "only open() tells what is there";
  EXPECT_EQ(store.store.open().refusal, StoreRefusal::blank);
}

TEST_F(StoreTest, ARegionThatIsTooSmallIsRefused) {
  EXPECT_EQ(OpenStore(disk, kKey, {.first = 0, .sectors = 3}).opened.refusal,
            StoreRefusal::other_size);
}

}  // namespace
}  // namespace kernel
