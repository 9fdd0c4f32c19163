#include "memory_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "map_bytes.h"

namespace x86 {
namespace {

TEST(MemoryMap, E820CountsRamAboveOneMegabyteOnly) {
  std::vector<std::uint8_t> map;
  append_entry(map, 0, 0x9FC00, kRam);
  append_entry(map, 0xF0000, 0x10000, kReserved);
  append_entry(map, 0x100000, 0x1EE0000, kRam);
  append_entry(map, 0x1FE0000, 0x20000, kReserved);
  EXPECT_EQ(usable_from_e820(map.data(), 4), 0x1EE0000u);
}

TEST(MemoryMap, RangeAcrossOneMegabyteIsCutThere) {
  std::vector<std::uint8_t> map;
  append_entry(map, 0x80000, 0x100000, kRam);
  EXPECT_EQ(usable_from_e820(map.data(), 1), 0x80000u);
}

TEST(MemoryMap, RangePastTheEndOfAddressesDoesNotWrap) {
  EXPECT_EQ(bytes_above_1m(UINT64_MAX - 10, 100), 10u);
}

TEST(MemoryMap, PvhEntriesAreFourBytesLonger) {
  std::vector<std::uint8_t> map;
  append_entry(map, 0x100000, 0x1000, kRam);
  append(map, 0, 4);
  append_entry(map, 0x200000, 0x2000, kRam);
  append(map, 0, 4);
  EXPECT_EQ(usable_from_pvh(map.data(), 2), 0x3000u);
}

TEST(MemoryMap, MultibootEntriesMayBeLongerThanTheirFields) {
  std::vector<std::uint8_t> map;
  append(map, 24, 4);
  append_entry(map, 0x100000, 0x1000, kRam);
  append(map, 0, 4);
  append(map, 20, 4);
  append_entry(map, 0x200000, 0x2000, kRam);
  EXPECT_EQ(usable_from_multiboot(map.data(), map.size()), 0x3000u);
}

TEST(MemoryMap, MultibootEntryOfSizeZeroEndsTheMap) {
  std::vector<std::uint8_t> map(64, 0);
  EXPECT_EQ(usable_from_multiboot(map.data(), map.size()), 0u);
}

TEST(MemoryMap, MultibootEntryThatReachesPastTheMapIsNotRead) {
  std::vector<std::uint8_t> map;
  append(map, 1000, 4);
  append_entry(map, 0x100000, 0x1000, kRam);
  EXPECT_EQ(usable_from_multiboot(map.data(), map.size()), 0u);
}

}  // namespace
}  // namespace x86
