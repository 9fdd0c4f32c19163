#include "free_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "map_bytes.h"

namespace x86 {
namespace {

TEST(FreeMemory, IsTheLargestRamFromAnAddressOn) {
  std::vector<std::uint8_t> map;
  append_entry(map, 0, 0x9FC00, kRam);
  append_entry(map, 0x100000, 0x1EE0000, kRam);
  append_entry(map, 0x1FE0000, 0x20000, kReserved);
  append_entry(map, 0x3000000, 0x1000, kRam);
  const Range found = largest_in_e820(map.data(), 4, 0x150000);
  EXPECT_EQ(found.begin, 0x150000u);
  EXPECT_EQ(found.end, 0x1FE0000u);
  EXPECT_EQ(largest_in_e820(map.data(), 4, 0x1FE0000).begin, 0x3000000u);
  EXPECT_EQ(largest_in_e820(map.data(), 4, 0x4000000).size(), 0u);
}

TEST(FreeMemory, EndsAtFourGigabytes) {
  std::vector<std::uint8_t> map;
  append_entry(map, 0xF0000000, 0x40000000, kRam);
  append_entry(map, 0x100000000, 0x100000000, kRam);
  append_entry(map, UINT64_MAX - 5, UINT64_MAX, kRam);
  const Range found = largest_in_e820(map.data(), 3, 0x100000);
  EXPECT_EQ(found.begin, 0xF0000000u);
  EXPECT_EQ(found.end, 0x100000000u);
}

TEST(FreeMemory, TheOtherTwoFormatsSayTheSame) {
  std::vector<std::uint8_t> multiboot, pvh;
  for (const std::uint64_t base : {std::uint64_t{0x100000}, std::uint64_t{0x8000000}}) {
    append(multiboot, 20, 4);
    append_entry(multiboot, base, base, kRam);
    append_entry(pvh, base, base, kRam);
    append(pvh, 0, 4);
  }
  EXPECT_EQ(largest_in_multiboot(multiboot.data(), multiboot.size(), 0x200000).begin, 0x8000000u);
  EXPECT_EQ(largest_in_multiboot(multiboot.data(), 24, 0x180000).size(), 0x80000u);
  EXPECT_EQ(largest_in_pvh(pvh.data(), 2, 0x200000).size(), 0x8000000u);
}

TEST(FreeMemory, WithoutAModuleIsTheLargerSideOfIt) {
  const Range all{0x200000, 0x800000};
  EXPECT_EQ(without(all, {}).size(), all.size());
  EXPECT_EQ(without(all, {0x100000, 0x200000}).size(), all.size());
  EXPECT_EQ(without(all, {0x900000, 0xA00000}).size(), all.size());
  EXPECT_EQ(without(all, {0x200000, 0x300000}).begin, 0x300000u);
  EXPECT_EQ(without(all, {0x700000, 0x900000}).end, 0x700000u);
  EXPECT_EQ(without(all, {0x100000, 0x900000}).size(), 0u);
}

}  // namespace
}  // namespace x86
