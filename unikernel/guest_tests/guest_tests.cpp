// Tests of kernel_lib that run in a unikernel (scenarios/guest-tests.yaml) and, the same source
// with GoogleTest, on the host (guest_tests_host).
#include <gtest/gtest.h>
#include <kernel/console.h>
#include <kernel/heap.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

struct HeapTest : testing::Test {
  static constexpr std::size_t kBytes = 1024;
  alignas(kernel::Heap::kAlign) char memory[kBytes] = {};
  kernel::Heap heap{memory, kBytes};
  void* first = nullptr;

  void SetUp() override { first = heap.allocate(100); }
  void TearDown() override { EXPECT_TRUE(heap.intact()); }
};

TEST_F(HeapTest, GivesAlignedBlocksInsideItsMemory) {
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % kernel::Heap::kAlign, 0u);
  EXPECT_GE(static_cast<char*>(first), memory);
  EXPECT_LE(static_cast<char*>(first) + 100, memory + kBytes);
}

TEST_F(HeapTest, TakesABlockBackOnce) {
  EXPECT_TRUE(heap.free(first));
  EXPECT_FALSE(heap.free(first)) << "a block that was given back was taken again";
  EXPECT_EQ(heap.used(), 0u);
}

TEST_F(HeapTest, HasNoRoomForMoreThanItHas) {
  EXPECT_EQ(heap.allocate(kBytes), nullptr);
  EXPECT_LT(heap.largest(), kBytes - 100);
  EXPECT_GT(heap.largest(), kBytes / 2);
}

/// What a console wrote, as text.
struct Written final : kernel::TextSink {
  void write(const char* bytes, std::size_t size) override {
    ASSERT_LT(used + size, sizeof text);
    std::memcpy(text + used, bytes, size);
    used += size;
  }
  void set_color(kernel::Color) override {}
  char text[64] = {};
  std::size_t used = 0;
};

TEST(ConsoleTest, WritesTheLargestNumbers) {
  Written sink;
  kernel::Console(sink).decimal(UINT64_MAX).text(" ").decimal_signed(INT64_MIN);
  EXPECT_STREQ(sink.text, "18446744073709551615 -9223372036854775808");
}

TEST(ConsoleTest, WritesHexadecimalToAWidth) {
  Written sink;
  kernel::Console(sink).hex(0xBEEF, 8);
  EXPECT_STREQ(sink.text, "0000BEEF");
  EXPECT_STRNE(sink.text, "BEEF");
}

TEST(Doubles, AreThoseOfTheHost) {
  volatile double third = 1.0;
  third = third / 3;
  EXPECT_DOUBLE_EQ(third * 3, 1.0);
  EXPECT_NEAR(third, 0.3333, 1e-4);
  EXPECT_EQ(static_cast<std::int64_t>(third * 1e12), 333333333333);
}

int constructed = 0;
struct Counted {
  explicit Counted(int by) { constructed += by; }
};
const Counted kOne(1), kTwo(2);

TEST(Globals, AreConstructedBeforeTheFirstTest) { EXPECT_EQ(constructed, 3); }

TEST(Memory, IsTakenAndGivenByNewAndDelete) {
  auto* numbers = new std::uint32_t[100];
  ASSERT_NE(numbers, nullptr);
  for (std::uint32_t i = 0; i < 100; ++i) numbers[i] = i;
  EXPECT_EQ(numbers[99], 99u);
  delete[] numbers;
}

TEST(Skipping, EndsATestWithoutAFailure) {
  GTEST_SKIP() << "to show that it can be";
  FAIL() << "never reached";
}

TEST(DISABLED_Suite, IsNotRun) { FAIL(); }

}  // namespace
