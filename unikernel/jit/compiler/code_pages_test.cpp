#include "compiler/code_pages.h"

#include <gtest/gtest.h>

#include <vector>

namespace jit {
namespace {

constexpr uint32_t kPage = CodePages::kPage;

struct Pages {
  std::vector<uint8_t> bytes = std::vector<uint8_t>(size_t{8} * kPage);
  char memory[64];
  Arena keep{memory, sizeof memory};
  CodePages pages{{bytes.data(), static_cast<uint32_t>(bytes.size())}};
  Pages() { EXPECT_TRUE(pages.begin(kPage + 1, keep)); }  // two pages are what all code shares
  uint32_t put(uint32_t size) {
    const uint32_t at = pages.find(size);
    if (at == CodePages::kNowhere) return at;
    std::fill_n(bytes.begin() + at, size, uint8_t{0x90});
    pages.take(at, size);
    return at;
  }
};

TEST(CodePages, ArePlacedOneBehindTheOtherFromAPageOn) {
  Pages p;
  EXPECT_EQ(p.put(1), 2 * kPage);
  EXPECT_EQ(p.put(kPage), 3 * kPage);
  EXPECT_EQ(p.put(kPage + 1), 4 * kPage);
  EXPECT_EQ(p.put(kPage), 6 * kPage);
  EXPECT_EQ(p.pages.taken(), 5U);
  EXPECT_EQ(p.put(kPage + 1), CodePages::kNowhere) << "one page is left";
  EXPECT_EQ(p.put(1), 7 * kPage);
  EXPECT_EQ(p.put(1), CodePages::kNowhere);
}

TEST(CodePages, ThatAreGivenBackTrapAndAreUsedAgain) {
  Pages p;
  const uint32_t one = p.put(kPage + 7), two = p.put(9);
  EXPECT_EQ(p.bytes[one], 0x90);
  p.pages.give_back(one, kPage + 7);
  for (uint32_t k = one; k < two; ++k) ASSERT_EQ(p.bytes[k], 0xCC) << k;
  EXPECT_EQ(p.bytes[two], 0x90) << "its neighbour is as it was";
  EXPECT_EQ(p.put(3 * kPage), two + kPage) << "what does not fit goes elsewhere";
  EXPECT_EQ(p.put(2 * kPage), one);
  EXPECT_EQ(p.pages.taken(), 6U);
}

TEST(CodePages, WhatIsLeftOfThemTraps) {
  Pages p;
  const uint32_t at = p.put(5);
  EXPECT_EQ(p.bytes[at + 4], 0x90);
  for (uint32_t k = 5; k < kPage; ++k) ASSERT_EQ(p.bytes[at + k], 0xCC) << k;
}

TEST(CodePages, AreFreeWhereNobodyIsAndAPageBegins) {
  Pages p;
  p.put(1);
  EXPECT_FALSE(p.pages.is_free(0, 1));
  EXPECT_FALSE(p.pages.is_free(2 * kPage, 1));
  EXPECT_TRUE(p.pages.is_free(3 * kPage, 5 * kPage));
  EXPECT_FALSE(p.pages.is_free(3 * kPage, 5 * kPage + 1));
  EXPECT_FALSE(p.pages.is_free(3 * kPage + 16, 1));
  EXPECT_FALSE(p.pages.is_free(3 * kPage, 0));
  EXPECT_FALSE(p.pages.is_free(8 * kPage, 1));
  EXPECT_FALSE(p.pages.is_free(~0U - kPage + 1, 2 * kPage)) << "sums that wrap";
}

TEST(CodePages, AreNoneWithoutMemoryForThem) {
  char memory[2];
  Arena keep(memory, sizeof memory);
  std::vector<uint8_t> bytes(size_t{8} * kPage);
  CodePages pages({bytes.data(), static_cast<uint32_t>(bytes.size())});
  EXPECT_EQ(pages.find(1), CodePages::kNowhere) << "before begin()";
  EXPECT_FALSE(pages.begin(0, keep));
  EXPECT_EQ(pages.find(1), CodePages::kNowhere);
}

}  // namespace
}  // namespace jit
