#include "kernel/page_view.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace kernel {
namespace {

constexpr std::uint32_t kPage = PageMap::kPage, kLargePage = PageMap::kLargePage;
constexpr std::uint32_t kPhysical = 0x200000, kViewPhysical = 0x300000;
constexpr std::uint64_t kRead = PageMap::kPresent | PageMap::kAccessed | PageMap::kDirty;
constexpr std::uint64_t kWrite = kRead | PageMap::kWritable;
constexpr PageAccess kReadOnly{}, kData{.writable = true, .executable = false};

struct PageViewTest : testing::Test {
  explicit PageViewTest(std::uint32_t count = 4)
      : entries(10 * PageMap::kEntries, UINT64_MAX),
        own(count * PageMap::kEntries, UINT64_MAX),
        map(reinterpret_cast<PageMap::Table*>(entries.data()), 10, kPhysical, false),
        view(map, reinterpret_cast<PageMap::Table*>(own.data()), count, kViewPhysical) {
    (void)map.map_all({0xA0000000, 0xA0400000});
  }

  std::vector<std::uint64_t> entries, own;
  PageMap map;
  PageView view;
};
struct SmallPageViewTest : PageViewTest {
  SmallPageViewTest() : PageViewTest(2) {}
};

// From the middle of one 2 MB to the middle of the one behind the next.
constexpr std::uint32_t kStart = 3 * kLargePage - 4 * kPage, kBytes = kLargePage + 8 * kPage;

TEST_F(PageViewTest, NothingIsInItsRangeAndAllAroundStays) {
  ASSERT_EQ(map.protect(kStart - kPage, kPage, kReadOnly), PagingError::none);
  ASSERT_EQ(view.begin(kStart, kBytes), PagingError::none);
  view.exchange();
  // The map's directory leads to the view's tables, which stand in memory of their own.
  const std::uint64_t directory = entries[PageMap::kEntries + 2];
  EXPECT_EQ(directory & 0xFFFFF000, kViewPhysical);
  EXPECT_EQ(entries[PageMap::kEntries + 3], 0U) << "whole, and empty";
  EXPECT_EQ(entries[PageMap::kEntries + 5], 5 * kLargePage | kWrite | PageMap::kLarge);
  view.exchange();
  EXPECT_EQ(own[PageMap::kEntries - 5], (kStart - kPage) | kRead);
  EXPECT_EQ(own[PageMap::kEntries - 6], (kStart - 2 * kPage) | kWrite);
  EXPECT_EQ(own[PageMap::kEntries - 4], 0U);
  const std::uint32_t behind = kStart + kBytes;
  EXPECT_EQ(own[PageMap::kEntries + 4], behind | kWrite);
  EXPECT_EQ(own[PageMap::kEntries + 3], 0U);
}

TEST_F(PageViewTest, LeadsToOtherPagesWhileTheMapStays) {
  ASSERT_EQ(view.begin(kStart, kBytes), PagingError::none);
  ASSERT_EQ(view.lead(kStart + kPage, 0x700000, kData), PagingError::none);
  ASSERT_EQ(view.lead(3 * kLargePage, 0x701000, kReadOnly), PagingError::none);
  EXPECT_EQ(view.entry(kStart + kPage), 0x700000 | kWrite);
  EXPECT_EQ(view.entry(3 * kLargePage), 0x701000 | kRead);
  EXPECT_EQ(view.entry(3 * kLargePage + kPage), 0U);
  const std::vector<std::uint64_t> before = entries;
  view.exchange();
  EXPECT_NE(entries, before);
  view.exchange();
  EXPECT_EQ(entries, before);
  EXPECT_EQ(map.entry(kStart + kPage), 2 * kLargePage | kWrite | PageMap::kLarge);
}

TEST_F(PageViewTest, SharesPagesOneBehindTheOther) {
  ASSERT_EQ(view.begin(kStart, kBytes), PagingError::none);
  ASSERT_EQ(view.share(kStart + kPage, 6 * kPage, kReadOnly), PagingError::none);
  EXPECT_EQ(view.entry(kStart), 0U);
  for (std::uint32_t at = kStart + kPage; at < kStart + 7 * kPage; at += kPage) {
    EXPECT_EQ(view.entry(at), at | kRead);
  }
  EXPECT_EQ(view.entry(kStart + 7 * kPage), 0U);
  EXPECT_EQ(view.share(kStart, kBytes + kPage, kReadOnly), PagingError::out_of_range);
  EXPECT_EQ(view.share(kStart - kPage, kPage, kReadOnly), PagingError::out_of_range);
  EXPECT_EQ(view.share(kStart, 100, kReadOnly), PagingError::misaligned);
}

TEST_F(PageViewTest, WhatIsLedElsewhereWhileItIsSeenIsSeen) {
  ASSERT_EQ(view.begin(kStart, kBytes), PagingError::none);
  ASSERT_EQ(view.lead(kStart, 0x700000, kReadOnly), PagingError::none);
  view.exchange();
  ASSERT_EQ(view.lead(kStart, 0x702000, kData), PagingError::none);
  view.exchange();
  EXPECT_EQ(view.entry(kStart), 0x702000 | kWrite);
}

TEST_F(PageViewTest, BeginsAnewWithTheSameTables) {
  for (int k = 0; k < 20; ++k) {
    ASSERT_EQ(view.begin(kStart, kBytes), PagingError::none);
    EXPECT_EQ(view.entry(3 * kLargePage), 0U);
    ASSERT_EQ(view.lead(3 * kLargePage, 0x701000, kData), PagingError::none);
  }
}

TEST_F(SmallPageViewTest, WithoutTablesNothingIsLed) {
  EXPECT_EQ(view.begin(kStart, kBytes), PagingError::none);
  EXPECT_EQ(view.lead(3 * kLargePage, 0x701000, kData), PagingError::no_tables);
  EXPECT_EQ(view.entry(3 * kLargePage), 0U);
  EXPECT_EQ(view.lead(kStart, 0x701000, kData), PagingError::none);
  // A range of whole 2 MB needs none at its ends.
  EXPECT_EQ(view.begin(2 * kLargePage, 2 * kLargePage), PagingError::none);
  EXPECT_EQ(view.lead(3 * kLargePage, 0x701000, kData), PagingError::none);
}

TEST_F(PageViewTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(PageView().begin(kStart, kBytes), PagingError::off);
  EXPECT_EQ(view.lead(kStart, 0x700000, kData), PagingError::out_of_range) << "not begun";
  EXPECT_EQ(view.begin(kStart + 1, kBytes), PagingError::misaligned);
  EXPECT_EQ(view.begin(0xA0001000, kPage), PagingError::out_of_range);
  EXPECT_EQ(view.begin(0, (PageView::kMostParts + 1) * kLargePage), PagingError::out_of_range);
  EXPECT_EQ(view.begin(kStart, kBytes), PagingError::none);
  EXPECT_EQ(view.lead(kStart + kBytes, 0x700000, kData), PagingError::out_of_range);
  EXPECT_EQ(view.lead(kStart - kPage, 0x700000, kData), PagingError::out_of_range);
  EXPECT_EQ(view.lead(kStart, 0x700001, kData), PagingError::misaligned);
}

TEST_F(PageViewTest, PagesAreDividedBeforeTheyAreLed) {
  ASSERT_EQ(map.divide(kStart, kBytes), PagingError::none);
  for (const std::uint32_t at : {kStart - kPage, kStart, 3 * kLargePage, kStart + kBytes}) {
    EXPECT_EQ(map.entry(at), at | kWrite);
  }
  map.lead(kStart, 0x700000, kReadOnly);
  EXPECT_EQ(map.entry(kStart), 0x700000 | kRead);
  EXPECT_EQ(map.entry(kStart + kPage), (kStart + kPage) | kWrite);
  map.allow_writes(kStart + kPage, kBytes - 2 * kPage, false);
  EXPECT_EQ(map.entry(kStart), 0x700000 | kRead);
  for (std::uint32_t at = kStart + kPage; at < kStart + kBytes - kPage; at += kPage) {
    EXPECT_EQ(map.entry(at), at | kRead);
  }
  EXPECT_EQ(map.entry(kStart + kBytes - kPage), (kStart + kBytes - kPage) | kWrite);
  map.allow_writes(kStart + kPage, kPage, true);
  EXPECT_EQ(map.entry(kStart + kPage), (kStart + kPage) | kWrite);
  EXPECT_EQ(map.divide(6 * kLargePage, 3 * kLargePage), PagingError::no_tables);
  EXPECT_EQ(map.divide(kStart + 1, kPage), PagingError::misaligned);
}

}  // namespace
}  // namespace kernel
