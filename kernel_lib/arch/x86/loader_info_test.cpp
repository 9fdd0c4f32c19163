// Runs in guests alone: a loader's addresses have 32 bits.
#include "loader_info.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>

namespace x86 {
namespace {

std::uint32_t address_of(const void* object) { return reinterpret_cast<std::uint32_t>(object); }

TEST(LoaderInfo, TheBootSectorsMapFollowsItsCount) {
  std::uint32_t info[] = {3, 0, 0};
  EXPECT_EQ(e820_map(address_of(info)).size, 3u);
  EXPECT_EQ(address_of(e820_map(address_of(info)).bytes), address_of(info) + 4);
}

TEST(LoaderInfo, ACountOfEntriesThatCannotBeIsNoMap) {
  for (const std::uint32_t count : {820u, UINT32_MAX / 20 + 2, UINT32_MAX}) {
    const BootSectorInfo info = {count};
    EXPECT_EQ(e820_map(address_of(&info)).size, 0u) << count;
    PvhStartInfo pvh = {};
    pvh.magic = kPvhMagic;
    pvh.version = 1;
    pvh.map_entries = count;
    EXPECT_EQ(pvh_map(address_of(&pvh)).size, 0u) << count;
  }
}

TEST(LoaderInfo, MultibootHasAMapWhereItsFlagSaysSoAndItsSizeCanBe) {
  MultibootInfo info = {};
  info.map_bytes = 48;
  info.map = 0x9000;
  EXPECT_EQ(multiboot_map(address_of(&info)).bytes, nullptr);
  info.flags = MultibootInfo::kHasMap;
  EXPECT_EQ(multiboot_map(address_of(&info)).size, 48u);
  EXPECT_EQ(address_of(multiboot_map(address_of(&info)).bytes), 0x9000u);
  info.map_bytes = kMaxMapBytes + 1;
  EXPECT_EQ(multiboot_map(address_of(&info)).bytes, nullptr);
}

TEST(LoaderInfo, PvhHasAMapFromVersion1OnAndBelow4Gigabytes) {
  PvhStartInfo info = {};
  info.magic = kPvhMagic;
  info.map = 0x9000;
  info.map_entries = 5;
  EXPECT_EQ(pvh_map(address_of(&info)).size, 0u);
  info.version = 1;
  EXPECT_EQ(pvh_map(address_of(&info)).size, 5u);
  info.map = 0x1'0000'9000;
  EXPECT_EQ(pvh_map(address_of(&info)).size, 0u);
  info.map = 0x9000;
  info.magic = 0;
  EXPECT_EQ(pvh_map(address_of(&info)).size, 0u);
}

}  // namespace
}  // namespace x86
