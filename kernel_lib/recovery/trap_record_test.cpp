#include "recovery/trap_record.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>

#include "kernel/descriptors.h"

namespace kernel {
namespace {

constexpr std::uint32_t kEsp = 0x8FF00, kCr2 = 0x12345;

TEST(TrapRecord, WithoutAnErrorCodeTheFrameIsThreeWords) {
  const std::uint32_t pushed[] = {0x101000, 8, 0x202};
  const Trap trap = trap_of(6, pushed, kEsp, kCr2);
  EXPECT_EQ(trap.vector, 6u);
  EXPECT_EQ(trap.error, 0u);
  EXPECT_EQ(trap.eip, 0x101000u);
  EXPECT_EQ(trap.esp, kEsp + 12);
  EXPECT_EQ(trap.address, 0u);
}

TEST(TrapRecord, AnErrorCodeComesFirst) {
  const std::uint32_t pushed[] = {0x18, 0x101000, 8, 0x202};
  for (const std::uint32_t vector : {10u, 11u, 12u, 13u, 17u, 21u}) {
    const Trap trap = trap_of(vector, pushed, kEsp, kCr2);
    EXPECT_EQ(trap.error, 0x18u) << vector;
    EXPECT_EQ(trap.eip, 0x101000u) << vector;
    EXPECT_EQ(trap.esp, kEsp + 16) << vector;
    EXPECT_EQ(trap.address, 0u) << vector;
  }
}

TEST(TrapRecord, OnlyAPageFaultHasAnAddress) {
  const std::uint32_t pushed[] = {2, 0x101000, 8, 0x202};
  EXPECT_EQ(trap_of(14, pushed, kEsp, kCr2).address, kCr2);
}

TEST(TrapRecord, NoRangeCoversAll) {
  EXPECT_TRUE(covers({}, {6, 0, 0, 0, 0}));
  EXPECT_TRUE(covers({}, {6, 0, 0xFFFFFFFF, 0, 0}));
}

TEST(TrapRecord, ARangeCoversFromItsBeginToBeforeItsEnd) {
  const CodeRange range = {0x1000, 0x2000};
  EXPECT_FALSE(covers(range, {6, 0, 0xFFF, 0, 0}));
  EXPECT_TRUE(covers(range, {6, 0, 0x1000, 0, 0}));
  EXPECT_TRUE(covers(range, {6, 0, 0x1FFF, 0, 0}));
  EXPECT_FALSE(covers(range, {6, 0, 0x2000, 0, 0}));
}

TEST(TrapRecord, ABreakpointBelongsToTheInstructionBeforeItsEip) {
  const CodeRange range = {0x1000, 0x2000};
  for (const std::uint32_t vector : {3u, 4u}) {
    EXPECT_FALSE(covers(range, {vector, 0, 0x1000, 0, 0}));
    EXPECT_TRUE(covers(range, {vector, 0, 0x2000, 0, 0}));
    EXPECT_FALSE(covers(range, {vector, 0, 0x2001, 0, 0}));
  }
}

TEST(TrapRecord, AForbiddenWriteIsOneToAPageThatIsThere) {
  const auto of = [](std::uint32_t vector, std::uint32_t error) {
    return is_forbidden_write({vector, error, 0, 0, kCr2});
  };
  EXPECT_TRUE(of(14, 3));
  EXPECT_FALSE(of(14, 2)) << "nothing is there";
  EXPECT_FALSE(of(14, 1)) << "a read";
  EXPECT_FALSE(of(14, 0x11)) << "an instruction";
  EXPECT_FALSE(of(14, 0xB)) << "a damaged entry";
  EXPECT_FALSE(of(13, 3));
}

TEST(Descriptors, ATaskIsPresentAvailableAndAsLongAsItsState) {
  EXPECT_EQ(x86::task_descriptor(0x12345678), 0x1200893456780067u);
}

TEST(Descriptors, ATaskGateHoldsItsSelectorAlone) {
  const x86::Gate gate = x86::task_gate(0x20);
  EXPECT_EQ(gate.selector, 0x20);
  EXPECT_EQ(gate.type, 0x8500);
  EXPECT_EQ(gate.offset_low | gate.offset_high, 0);
}

}  // namespace
}  // namespace kernel
