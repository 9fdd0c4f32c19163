// The string instructions are out of the sanitizers' sight, so every buffer here has guard bytes
// on both sides, and all of it is compared with what a loop makes of the same call.
#include <gtest/gtest.h>

#include <cstddef>
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

using Bytes = std::vector<unsigned char>;

// The definitions, a byte at a time. Volatile, or a compiler would call what is tested here.
/// `from` is a copy: it may be what `to` lies in.
void copy_by_definition(unsigned char* to, const Bytes from, size_t at, size_t size) {
  volatile unsigned char* byte = to;
  for (size_t i = 0; i < size; ++i) byte[i] = from[at + i];
}
void fill_by_definition(unsigned char* to, int value, size_t size) {
  volatile unsigned char* byte = to;
  for (size_t i = 0; i < size; ++i) byte[i] = static_cast<unsigned char>(value);
}

Bytes counting_bytes() {
  Bytes bytes(kSpan);
  std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(1));
  return bytes;
}

TEST(Memcpy, CopiesEveryLengthAtEveryAlignmentAndNothingAround) {
  const Bytes from = counting_bytes();
  for (size_t to_offset = 1; to_offset <= 8; ++to_offset) {
    for (size_t from_offset = 0; from_offset < 8; ++from_offset) {
      for (size_t size = 0; size <= kLongest; ++size) {
        Bytes ours(kSpan, 0xEE), expected = ours;
        void* const to = ours.data() + to_offset;
        EXPECT_EQ(kernel_memcpy(to, from.data() + from_offset, size), to);
        copy_by_definition(expected.data() + to_offset, from, from_offset, size);
        ASSERT_EQ(ours, expected) << to_offset << " " << from_offset << " " << size;
      }
    }
  }
}

TEST(Memmove, CopiesOverlappingBytesInEitherDirection) {
  for (size_t to = 0; to < 48; ++to) {
    for (size_t from = 0; from < 48; ++from) {
      for (size_t size = 0; size <= kLongest; ++size) {
        Bytes ours = counting_bytes(), expected = ours;
        EXPECT_EQ(kernel_memmove(ours.data() + to, ours.data() + from, size), ours.data() + to);
        copy_by_definition(expected.data() + to, expected, from, size);
        ASSERT_EQ(ours, expected) << to << " " << from << " " << size;
      }
    }
  }
}

TEST(Memset, FillsEveryLengthWithTheLowByteAndNothingAround) {
  for (const int value : {0, 0x5A, 0xFF, -1, 0x1234}) {
    for (size_t offset = 1; offset <= 8; ++offset) {
      for (size_t size = 0; size <= kLongest; ++size) {
        Bytes ours(kSpan, 0xEE), expected = ours;
        EXPECT_EQ(kernel_memset(ours.data() + offset, value, size), ours.data() + offset);
        fill_by_definition(expected.data() + offset, value, size);
        ASSERT_EQ(ours, expected) << value << " " << offset << " " << size;
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
