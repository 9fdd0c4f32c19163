#include "image.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <wire/boot_data.h>
#include <wire/protocol.h>
#include <algorithm>
#include <cstring>
#include <string>

namespace mkimage {
namespace {

constexpr std::size_t kSegmentOffset = 128;

template <class T>
void put(Bytes& bytes, std::size_t at, T value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

// An ELF as image.ld links it: one segment at 1 MB, FLUD at byte 4, a multiboot header after it.
Bytes make_elf() {
  Bytes elf(kSegmentOffset + 64, 0x90);
  Elf32_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS32;
  header.e_machine = EM_386;
  header.e_phoff = sizeof header;
  header.e_phnum = 1;
  put(elf, 0, header);
  Elf32_Phdr segment{};
  segment.p_type = PT_LOAD;
  segment.p_offset = kSegmentOffset;
  segment.p_paddr = 0x100000;
  segment.p_filesz = 64;
  segment.p_memsz = 1000;
  put(elf, sizeof header, segment);
  put(elf, kSegmentOffset + 4, wire::kImageSignature);
  put(elf, kSegmentOffset + 8, std::uint32_t{0x1BADB002});
  put(elf, kSegmentOffset + 12, std::uint32_t{2});
  put(elf, kSegmentOffset + 16, static_cast<std::uint32_t>(-0x1BADB004));
  return elf;
}

Bytes make_boot_sector() {
  Bytes sector(512, 0);
  sector[510] = 0x55;
  sector[511] = 0xAA;
  return sector;
}

template <class Work>
std::string error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(MakeImage, FlatImageIsTheSegmentsContents) {
  const Bytes elf = make_elf();
  EXPECT_EQ(flat_image(elf), Bytes(elf.begin() + kSegmentOffset, elf.end()));
}

TEST(MakeImage, CutOffElfIsAnError) {
  Bytes elf = make_elf();
  elf.pop_back();
  EXPECT_NE(error_of([&] { flat_image(elf); }).find("cut off"), std::string::npos);
  elf.resize(20);
  EXPECT_NE(error_of([&] { flat_image(elf); }).find("cut off"), std::string::npos);
}

TEST(MakeImage, KernelWithoutSignatureIsAnError) {
  Bytes elf = make_elf();
  elf[kSegmentOffset + 4] ^= 1;
  EXPECT_NE(error_of([&] { flat_image(elf); }).find("FLUD"), std::string::npos);
}

TEST(MakeImage, SixtyFourBitElfIsAnError) {
  Bytes elf = make_elf();
  elf[EI_CLASS] = ELFCLASS64;
  EXPECT_NE(error_of([&] { flat_image(elf); }).find("32-bit"), std::string::npos);
}

TEST(MakeImage, PvhCopyDiffersOnlyInTheMultibootHeader) {
  const Bytes elf = make_elf();
  const Bytes copy = without_multiboot(elf);
  ASSERT_EQ(copy.size(), elf.size());
  for (std::size_t i = 0; i < elf.size(); ++i) {
    const bool in_header = i >= kSegmentOffset + 8 && i < kSegmentOffset + 20;
    EXPECT_EQ(copy[i], in_header ? 0 : elf[i]) << i;
  }
}

TEST(MakeImage, MissingMultibootHeaderIsAnError) {
  Bytes elf = make_elf();
  elf[kSegmentOffset + 16] ^= 1;  // checksum
  EXPECT_NE(error_of([&] { without_multiboot(elf); }).find("0 multiboot"), std::string::npos);
}

TEST(MakeImage, BootSectorLearnsTheNumberOfSectors) {
  const Bytes flat(1025, 0xAB);
  const Bytes disk = disk_start(make_boot_sector(), flat);
  EXPECT_EQ(disk.size(), 512u * 4);
  EXPECT_EQ(disk[508], 3);
  EXPECT_EQ(disk[509], 0);
  EXPECT_EQ(disk[512 + 1024], 0xAB);
  EXPECT_EQ(disk[512 + 1025], 0);
}

TEST(MakeImage, KernelOf64KFitsAndOneByteMoreIsAnErrorWithBothSizes) {
  EXPECT_EQ(disk_start(make_boot_sector(), Bytes(65536, 1))[508], 128);
  EXPECT_EQ(error_of([] { disk_start(make_boot_sector(), Bytes(65537, 1)); }),
            "the kernel is 65537 bytes, the boot sector loads at most 65536 (128 sectors): make it "
            "smaller");
}

TEST(MakeImage, BootSectorWithoutItsMarkIsAnError) {
  Bytes sector = make_boot_sector();
  sector[511] = 0;
  EXPECT_NE(error_of([&] { disk_start(sector, Bytes(10, 1)); }).find("55 AA"), std::string::npos);
}

TEST(MakeImage, DataStandsBehindTheKernelWithItsSize) {
  const Bytes start = disk_start(make_boot_sector(), Bytes(65536, 0xAB));
  const Bytes disk = with_data(start, Bytes(700, 0xCD));
  constexpr std::size_t kAt = std::size_t{wire::kDiskDataSector} * 512;
  EXPECT_TRUE(std::equal(start.begin(), start.end(), disk.begin()));
  EXPECT_EQ(std::memcmp(&disk[kAt], "FLUDDATA\xBC\x02\0\0\0\0\0\0", 16), 0);
  EXPECT_EQ(disk[kAt + 512], 0xCD);
  EXPECT_EQ(disk[kAt + 512 + 699], 0xCD);
  EXPECT_EQ(disk[kAt + 512 + 700], 0);
  EXPECT_EQ(disk.size(), kAt + 512 + 1024);  // whole sectors
}

}  // namespace
}  // namespace mkimage
