#include "kernel/page_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace kernel {
namespace {

constexpr std::uint32_t kPage = PageMap::kPage, kLargePage = PageMap::kLargePage;
constexpr std::uint32_t kPhysical = 0x200000;
constexpr AliasWindow kWindow = {0xA0000000, 0xA0400000};
constexpr std::uint64_t kRead = PageMap::kPresent | PageMap::kAccessed | PageMap::kDirty;
constexpr std::uint64_t kWrite = kRead | PageMap::kWritable;
constexpr PageAccess kReadOnly{}, kCode{.writable = false, .executable = true},
    kData{.writable = true, .executable = false};

class PageMapTest : public testing::Test {
 protected:
  explicit PageMapTest(std::uint32_t count = 10, bool has_no_execute = true)
      : entries(count * PageMap::kEntries, UINT64_MAX),
        map(reinterpret_cast<PageMap::Table*>(entries.data()), count, kPhysical, has_no_execute) {
    started = map.map_all(kWindow);
  }

  std::vector<std::uint64_t> entries;
  PageMap map;
  PagingError started;
};

struct SmallPageMapTest : PageMapTest {
  SmallPageMapTest() : PageMapTest(PageMap::kFixedTables + 1) {}
};
struct OldProcessorTest : PageMapTest {
  OldProcessorTest() : PageMapTest(10, false) {}
};

TEST_F(PageMapTest, TheRootHoldsFourDirectoriesAndNoReservedBit) {
  ASSERT_EQ(started, PagingError::none);
  EXPECT_EQ(map.root(), kPhysical);
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_EQ(entries[i], (kPhysical + (i + 1) * kPage) | 1);
  for (std::uint32_t i = 4; i < PageMap::kEntries; ++i) EXPECT_EQ(entries[i], 0u);
}

TEST_F(PageMapTest, MapsEachAddressToItselfAsDataInLargePages) {
  for (const std::uint32_t address : {0x0u, 0x100000u, 0x12345678u, 0xFFFFFFFFu}) {
    const std::uint64_t page = address / kLargePage * kLargePage;
    EXPECT_EQ(map.entry(address), page | kWrite | PageMap::kLarge | PageMap::kNoExecute);
  }
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables);
}

TEST_F(PageMapTest, NothingIsInTheWindow) {
  EXPECT_NE(map.entry(kWindow.begin - 1), 0u);
  EXPECT_EQ(map.entry(kWindow.begin), 0u);
  EXPECT_EQ(map.entry(kWindow.end - 1), 0u);
  EXPECT_NE(map.entry(kWindow.end), 0u);
}

TEST_F(PageMapTest, ProtectChangesItsPagesAndNoOthers) {
  ASSERT_EQ(map.protect(0x101000, 2 * kPage, kCode), PagingError::none);
  EXPECT_EQ(map.entry(0x100FFF), 0x100000 | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(0x101000), 0x101000 | kRead);
  EXPECT_EQ(map.entry(0x102FFF), 0x102000 | kRead);
  EXPECT_EQ(map.entry(0x103000), 0x103000 | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(kLargePage), kLargePage | kWrite | PageMap::kLarge | PageMap::kNoExecute);
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables + 1);
}

TEST_F(PageMapTest, ADirectoryForbidsNothing) {
  ASSERT_EQ(map.protect(0x101000, kPage, kReadOnly), PagingError::none);
  const std::uint64_t directory = entries[PageMap::kEntries];
  EXPECT_EQ(directory, (kPhysical + PageMap::kFixedTables * kPage) | PageMap::kPresent |
                           PageMap::kWritable | PageMap::kAccessed);
}

TEST_F(PageMapTest, WholeLargePagesNeedNoTable) {
  ASSERT_EQ(map.protect(2 * kLargePage, 2 * kLargePage, kReadOnly), PagingError::none);
  const std::uint64_t rights = kRead | PageMap::kLarge | PageMap::kNoExecute;
  EXPECT_EQ(map.entry(3 * kLargePage), 3 * kLargePage | rights);
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables);
  ASSERT_EQ(map.unmap(2 * kLargePage, kLargePage), PagingError::none);
  EXPECT_EQ(map.entry(2 * kLargePage), 0u);
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables);
}

TEST_F(PageMapTest, ARangeMayBeginAndEndInsideLargePages) {
  ASSERT_EQ(map.protect(kLargePage - kPage, kLargePage + 2 * kPage, kReadOnly), PagingError::none);
  EXPECT_EQ(map.entry(kLargePage - kPage), (kLargePage - kPage) | kRead | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(kLargePage), kLargePage | kRead | PageMap::kLarge | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(2 * kLargePage), (2 * kLargePage) | kRead | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(2 * kLargePage + kPage),
            (2 * kLargePage + kPage) | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables + 2);
}

TEST_F(PageMapTest, TheLastPageOfAllCanBeProtected) {
  ASSERT_EQ(map.protect(0xFFFFF000, kPage, kReadOnly), PagingError::none);
  EXPECT_EQ(map.entry(0xFFFFFFFF), 0xFFFFF000 | kRead | PageMap::kNoExecute);
}

TEST_F(PageMapTest, UnmapTakesAndProtectBringsBack) {
  ASSERT_EQ(map.unmap(0, kPage), PagingError::none);
  EXPECT_EQ(map.entry(0xFFF), 0u);
  EXPECT_NE(map.entry(0x1000), 0u);
  ASSERT_EQ(map.protect(0, kPage, kData), PagingError::none);
  EXPECT_EQ(map.entry(0), kWrite | PageMap::kNoExecute);
}

TEST_F(PageMapTest, APageOfAnUnmappedLargePageComesBackAlone) {
  ASSERT_EQ(map.unmap(kLargePage, kLargePage), PagingError::none);
  ASSERT_EQ(map.protect(kLargePage + kPage, kPage, kCode), PagingError::none);
  EXPECT_EQ(map.entry(kLargePage), 0u);
  EXPECT_EQ(map.entry(kLargePage + kPage), (kLargePage + kPage) | kRead);
}

TEST_F(PageMapTest, AnAliasLeadsToTheSamePagesBetweenUnmappedOnes) {
  const Alias alias = map.alias(0x300000, 2 * kPage, kData);
  ASSERT_EQ(alias.error, PagingError::none);
  EXPECT_EQ(alias.address, kWindow.begin + kPage);
  EXPECT_EQ(map.entry(alias.address - 1), 0u);
  EXPECT_EQ(map.entry(alias.address), 0x300000 | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(alias.address + kPage), 0x301000 | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.entry(alias.address + 2 * kPage), 0u);
  const Alias next = map.alias(0x300000, kPage, kData);
  EXPECT_EQ(next.address, alias.address + 3 * kPage);
}

TEST_F(PageMapTest, AnAliasThatEndedMakesRoom) {
  const Alias first = map.alias(0x300000, 2 * kPage, kData);
  const Alias second = map.alias(0x300000, kPage, kData);
  ASSERT_EQ(map.unmap(first.address, 2 * kPage), PagingError::none);
  EXPECT_EQ(map.entry(first.address), 0u);
  EXPECT_NE(map.entry(second.address), 0u);
  EXPECT_EQ(map.alias(0x400000, 2 * kPage, kData).address, first.address);
}

TEST_F(PageMapTest, AnAliasMayCrossLargePages) {
  const Alias alias = map.alias(0x300000, kLargePage, kData);
  ASSERT_EQ(alias.error, PagingError::none);
  EXPECT_EQ(map.entry(alias.address + kLargePage - kPage),
            (0x300000 + kLargePage - kPage) | kWrite | PageMap::kNoExecute);
  EXPECT_EQ(map.tables_used(), PageMap::kFixedTables + 2);
}

TEST_F(PageMapTest, AWindowHoldsOnePageLessThanItsSize) {
  const std::uint32_t bytes = kWindow.end - kWindow.begin;
  EXPECT_EQ(map.alias(0x300000, bytes, kData).error, PagingError::window_full);
  EXPECT_EQ(map.alias(0x300000, bytes - kPage, kData).error, PagingError::none);
  EXPECT_EQ(map.alias(0x300000, kPage, kData).error, PagingError::window_full);
}

TEST_F(PageMapTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(map.protect(0x100001, kPage, kData), PagingError::misaligned);
  EXPECT_EQ(map.protect(0x100000, 100, kData), PagingError::misaligned);
  EXPECT_EQ(map.protect(0x100000, 0, kData), PagingError::out_of_range);
  EXPECT_EQ(map.unmap(0xFFFFF000, 2 * kPage), PagingError::out_of_range);
  EXPECT_EQ(map.protect(kWindow.begin - kPage, 2 * kPage, kData), PagingError::out_of_range);
  EXPECT_EQ(map.alias(kWindow.end - kPage, kPage, kData).error, PagingError::out_of_range);
  EXPECT_EQ(PageMap().protect(0, kPage, kData), PagingError::off);
}

TEST_F(PageMapTest, WhatIsNextToTheWindowIsNotInIt) {
  EXPECT_EQ(map.protect(kWindow.begin - kPage, kPage, kData), PagingError::none);
  EXPECT_EQ(map.protect(kWindow.end, kPage, kData), PagingError::none);
  EXPECT_EQ(map.entry(kWindow.begin), 0u);
}

TEST_F(SmallPageMapTest, WithoutTablesNothingIsChanged) {
  const std::vector<std::uint64_t> before = entries;
  EXPECT_EQ(map.protect(kLargePage - kPage, 2 * kPage, kReadOnly), PagingError::no_tables);
  EXPECT_EQ(map.alias(0, kLargePage, kData).error, PagingError::no_tables);
  EXPECT_EQ(entries, before);
  EXPECT_EQ(map.protect(kLargePage, kPage, kReadOnly), PagingError::none);
  EXPECT_EQ(map.unmap(3 * kLargePage, kPage), PagingError::no_tables);
  EXPECT_EQ(map.unmap(kLargePage, kPage), PagingError::none);
  EXPECT_EQ(map.protect(4 * kLargePage, kLargePage, kReadOnly), PagingError::none);
}

TEST_F(OldProcessorTest, WithoutNoExecuteItsBitIsNeverSet) {
  EXPECT_EQ(map.entry(0x5000), kWrite | PageMap::kLarge);
  ASSERT_EQ(map.protect(0x5000, kPage, kReadOnly), PagingError::none);
  EXPECT_EQ(map.entry(0x5000), 0x5000 | kRead);
}

TEST(PageMapStart, NeedsItsTablesAndAWindowOfLargePages) {
  std::vector<std::uint64_t> entries(PageMap::kFixedTables * PageMap::kEntries);
  auto* tables = reinterpret_cast<PageMap::Table*>(entries.data());
  EXPECT_EQ(PageMap(tables, 4, kPhysical, true).map_all(kWindow), PagingError::no_tables);
  EXPECT_EQ(PageMap(tables, 5, kPhysical, true).map_all({kPage, kLargePage}),
            PagingError::misaligned);
  EXPECT_EQ(PageMap(tables, 5, kPhysical + 32, true).map_all(kWindow), PagingError::misaligned);
  EXPECT_EQ(PageMap(tables, 5, kPhysical, true).map_all({0, 0}), PagingError::none);
}

}  // namespace
}  // namespace kernel
