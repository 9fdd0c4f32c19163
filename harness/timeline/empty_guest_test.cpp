#include "timeline/empty_guest.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include <wire/protocol.h>

namespace harness::timeline {
namespace {

TEST(EmptyGuest, IsEnteredInTheWayThatWasAskedFor) {
  EXPECT_EQ(entry_of_kernel(empty_guest(Entry::multiboot)), Entry::multiboot);
  EXPECT_EQ(entry_of_kernel(empty_guest(Entry::pvh)), Entry::pvh);
}

TEST(EmptyGuest, DiskCarriesTheMarkOfABootSector) {
  const std::string_view disk = empty_guest(Entry::boot_sector);
  ASSERT_EQ(disk.size(), 65536u);
  EXPECT_EQ(disk.substr(510, 2), "\x55\xAA");
}

TEST(EmptyGuest, EndsWithAPassAsItsFirstAct) {
  // mov al, pass; out port, al
  const std::string first = {'\xB0', static_cast<char>(wire::Exit::pass), '\xE6',
                             static_cast<char>(wire::kDebugExitPort)};
  EXPECT_TRUE(empty_guest(Entry::boot_sector).starts_with(first));
  for (const Entry entry : {Entry::multiboot, Entry::pvh}) {
    const std::string_view file = empty_guest(entry);
    Elf32_Ehdr header;
    Elf32_Phdr load;
    ASSERT_GT(file.size(), sizeof header + sizeof load);
    std::memcpy(&header, file.data(), sizeof header);
    std::memcpy(&load, file.data() + header.e_phoff, sizeof load);
    ASSERT_EQ(load.p_filesz, file.size());
    ASSERT_LT(header.e_entry - load.p_vaddr, file.size());
    EXPECT_TRUE(file.substr(header.e_entry - load.p_vaddr).starts_with(first));
  }
}

TEST(EntryOfKernel, AMultibootHeaderCountsOnlyInTheFirst8KiBAndWithItsChecksum) {
  const std::string header(empty_guest(Entry::multiboot).substr(0x80, 12));
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
