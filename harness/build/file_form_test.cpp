#include "build/file_form.h"

#include <gtest/gtest.h>

namespace harness {
namespace {

void put_word(std::string& bytes, std::size_t at, std::uint32_t word) {
  for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(word >> (8 * i));
}

std::string elf(char machine, bool multiboot) {
  std::string bytes(4096, '\0');
  bytes.replace(0, 4,
                "\x7F"
                "ELF");
  bytes[18] = machine;
  if (multiboot) {
    put_word(bytes, 0x200, 0x1BADB002);
    put_word(bytes, 0x204, 3);
    put_word(bytes, 0x208, 0u - (0x1BADB002u + 3));
  }
  return bytes;
}

TEST(FileForm, DisksThatAreNotRawSayHowToMakeThemSo) {
  const std::string rest(512, '\0');
  for (const std::string& magic :
       {std::string("QFI\xFB\0\0\0\3", 8), std::string("KDMV"), std::string("vhdxfile"),
        std::string("conectix"), std::string("QED\0", 4), std::string("WithoutFreeSpace")}) {
    const UnusableFile* found = unusable_disk(magic + rest);
    ASSERT_NE(found, nullptr) << magic;
    EXPECT_EQ(with_file_name(found->next_step, "a b.img"),
              "convert it: qemu-img convert -O raw 'a b.img' disk.img");
  }
  std::string vdi(512, '\0');
  vdi.replace(0x40, 4, "\x7F\x10\xDA\xBE");
  EXPECT_NE(unusable_disk(vdi), nullptr);
  EXPECT_EQ(with_file_name(unusable_disk("\x1F\x8B\x08" + rest)->next_step, "d.gz"),
            "unpack it: gunzip --keep d.gz");
}

TEST(FileForm, RawDisksAreTakenAsTheyAre) {
  EXPECT_EQ(unusable_disk(""), nullptr);
  EXPECT_EQ(unusable_disk(std::string(8192, '\0')), nullptr);
  EXPECT_EQ(unusable_disk("QFI"), nullptr);
}

TEST(FileForm, AMultibootKernelOf64BitsIsNone) {
  constexpr char kX86 = 3, kX8664 = 62;
  const UnusableFile* found = unusable_pc_kernel(elf(kX8664, true));
  ASSERT_NE(found, nullptr);
  EXPECT_NE(found->next_step.find("objcopy -O elf32-i386 IMAGE"), std::string_view::npos);
  EXPECT_EQ(unusable_pc_kernel(elf(kX8664, false)), nullptr);
  EXPECT_EQ(unusable_pc_kernel(elf(kX86, true)), nullptr);
  EXPECT_TRUE(has_multiboot_header(elf(kX86, true)));
}

TEST(FileForm, AMultibootHeaderHasItsChecksumAndItsPlace) {
  std::string bytes = elf(3, true);
  put_word(bytes, 0x208, 7);
  EXPECT_FALSE(has_multiboot_header(bytes));
  EXPECT_FALSE(has_multiboot_header(std::string(8192, '\0') + elf(3, true)));
  EXPECT_FALSE(has_multiboot_header(" " + elf(3, true)));
  EXPECT_FALSE(has_multiboot_header(elf(3, true).substr(0, 0x20A)));
}

std::string elf_for(unsigned machine) {
  std::string head(64, '\0');
  head.replace(0, 6,
               std::string("\x7F"
                           "ELF\x01\x01"));
  head[18] = static_cast<char>(machine);
  return head;
}

TEST(FileForm, AnElfFileForAnotherProcessorIsToldByItsHeader) {
  EXPECT_EQ(other_architecture(elf_for(62), "aarch64"), "x86_64");
  EXPECT_EQ(other_architecture(elf_for(183), "x86_64"), "aarch64");
  EXPECT_EQ(other_architecture(elf_for(243), "i386"), "riscv64");
}
TEST(FileForm, ProcessorsRunWhatTheirOlderOnesDo) {
  EXPECT_EQ(other_architecture(elf_for(3), "x86_64"), "");
  EXPECT_EQ(other_architecture(elf_for(40), "aarch64"), "");
  EXPECT_EQ(other_architecture(elf_for(62), "x86_64"), "");
}
TEST(FileForm, NothingIsSaidOfMachinesThatAreNotKnown) {
  EXPECT_EQ(other_architecture(elf_for(8), "x86_64"), "");
  EXPECT_EQ(other_architecture("", "x86_64"), "");
}

}  // namespace
}  // namespace harness
