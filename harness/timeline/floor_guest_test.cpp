#include "timeline/floor_guest.h"

#include <gtest/gtest.h>

namespace harness::timeline {
namespace {

TEST(FloorGuest, IsEnteredInTheWayThatWasAskedFor) {
  EXPECT_EQ(entry_of_kernel(floor_guest(Entry::multiboot)), Entry::multiboot);
  EXPECT_EQ(entry_of_kernel(floor_guest(Entry::pvh)), Entry::pvh);
}

TEST(FloorGuest, DiskCarriesTheMarkOfABootSector) {
  const std::string disk = floor_guest(Entry::boot_sector);
  ASSERT_EQ(disk.size(), 65536u);
  EXPECT_EQ(disk.substr(510, 2), "\x55\xAA");
}

TEST(EntryOfKernel, AMultibootHeaderCountsOnlyInTheFirst8KiBAndWithItsChecksum) {
  const std::string header = floor_guest(Entry::multiboot).substr(0x80, 12);
  EXPECT_EQ(entry_of_kernel(std::string(8192 - 12, 'x') + header), Entry::multiboot);
  EXPECT_EQ(entry_of_kernel(std::string(8192 - 8, 'x') + header), Entry::pvh);
  EXPECT_EQ(entry_of_kernel("x" + header), Entry::pvh) << "it is aligned to four bytes";
  std::string torn = header;
  torn[8] ^= 1;
  EXPECT_EQ(entry_of_kernel(torn), Entry::pvh);
  EXPECT_EQ(entry_of_kernel(""), Entry::pvh);
}

}  // namespace
}  // namespace harness::timeline
