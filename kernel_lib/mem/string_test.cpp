// The string instructions are out of the sanitizers' sight, so every buffer here has guard bytes
// on both sides, and all of it is compared with what libc makes of the same call.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <numeric>
#include <vector>

extern "C" {
void* kernel_memcpy(void* to, const void* from, size_t size);
void* kernel_memmove(void* to, const void* from, size_t size);
void* kernel_memset(void* to, int value, size_t size);
int kernel_memcmp(const void* left, const void* right, size_t size);
}

namespace {

constexpr size_t kSpan = 96;
constexpr size_t kLongest = 37;

std::vector<unsigned char> counting_bytes() {
  std::vector<unsigned char> bytes(kSpan);
  std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(1));
  return bytes;
}

TEST(Memcpy, CopiesEveryLengthAtEveryAlignmentAndNothingAround) {
  const std::vector<unsigned char> from = counting_bytes();
  for (size_t to_offset = 1; to_offset <= 8; ++to_offset) {
    for (size_t from_offset = 0; from_offset < 8; ++from_offset) {
      for (size_t size = 0; size <= kLongest; ++size) {
        std::vector<unsigned char> ours(kSpan, 0xEE), libc = ours;
        void* const to = ours.data() + to_offset;
        EXPECT_EQ(kernel_memcpy(to, from.data() + from_offset, size), to);
        std::memcpy(libc.data() + to_offset, from.data() + from_offset, size);
        ASSERT_EQ(ours, libc) << to_offset << " " << from_offset << " " << size;
      }
    }
  }
}

TEST(Memmove, CopiesOverlappingBytesInEitherDirection) {
  for (size_t to = 0; to < 48; ++to) {
    for (size_t from = 0; from < 48; ++from) {
      for (size_t size = 0; size <= kLongest; ++size) {
        std::vector<unsigned char> ours = counting_bytes(), libc = ours;
        EXPECT_EQ(kernel_memmove(ours.data() + to, ours.data() + from, size), ours.data() + to);
        std::memmove(libc.data() + to, libc.data() + from, size);
        ASSERT_EQ(ours, libc) << to << " " << from << " " << size;
      }
    }
  }
}

TEST(Memset, FillsEveryLengthWithTheLowByteAndNothingAround) {
  for (const int value : {0, 0x5A, 0xFF, -1, 0x1234}) {
    for (size_t offset = 1; offset <= 8; ++offset) {
      for (size_t size = 0; size <= kLongest; ++size) {
        std::vector<unsigned char> ours(kSpan, 0xEE), libc = ours;
        EXPECT_EQ(kernel_memset(ours.data() + offset, value, size), ours.data() + offset);
        std::memset(libc.data() + offset, value, size);
        ASSERT_EQ(ours, libc) << value << " " << offset << " " << size;
      }
    }
  }
}

TEST(Memcmp, OrdersByTheFirstDifferenceAsUnsignedBytes) {
  EXPECT_EQ(kernel_memcmp("same", "same", 4), 0);
  EXPECT_LT(kernel_memcmp("abc", "abd", 3), 0);
  EXPECT_GT(kernel_memcmp("\xFF", "\x01", 1), 0);
  EXPECT_GT(kernel_memcmp("ba", "ab", 2), 0);
}

TEST(Memcmp, LooksAtNoByteBeyondTheSize) {
  EXPECT_EQ(kernel_memcmp("abX", "abY", 2), 0);
  EXPECT_EQ(kernel_memcmp(nullptr, nullptr, 0), 0);
}

}  // namespace
