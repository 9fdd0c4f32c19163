#include "onboarding/image_kind.h"

#include <gtest/gtest.h>

#include <random>

namespace harness::onboarding {
namespace {

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
  if (bytes.size() < at + size) bytes.resize(at + size);
  for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}
void put(std::string& bytes, std::size_t at, std::string_view text) {
  if (bytes.size() < at + text.size()) bytes.resize(at + text.size());
  bytes.replace(at, text.size(), text);
}

IdentifiedImage kind_of(const std::string& bytes) {
  return identify(bytes.size(), [&](std::uint64_t offset, std::size_t size) {
    return offset > bytes.size() ? std::string() : bytes.substr(offset, size);
  });
}

std::string elf(bool wide, std::uint64_t machine) {
  std::string bytes(
      "\x7F"
      "ELF");
  put(bytes, 4, wide ? 2 : 1, 1);
  put(bytes, 5, 1, 1);
  put(bytes, 18, machine, 2);
  bytes.resize(4096);
  return bytes;
}
/// One program header with what it points to at 2048.
std::string with_segment(std::string bytes, std::uint64_t type, std::string_view content) {
  const bool wide = bytes[4] == 2;
  put(bytes, wide ? 32 : 28, 64, wide ? 8 : 4);
  put(bytes, wide ? 54 : 42, wide ? 56 : 32, 2);
  put(bytes, wide ? 56 : 44, 1, 2);
  put(bytes, 64, type, 4);
  put(bytes, 64 + (wide ? 8 : 4), 2048, wide ? 8 : 4);
  put(bytes, 64 + (wide ? 32 : 16), content.size(), wide ? 8 : 4);
  put(bytes, 2048, content);
  return bytes;
}
std::string pvh_note() {
  std::string note;
  put(note, 0, 4, 4);
  put(note, 4, 4, 4);
  put(note, 8, 18, 4);
  put(note, 12, std::string_view("Xen\0\0\0\20\0", 8));
  return note;
}
std::string with_multiboot(std::string bytes) {
  put(bytes, 1024, 0x1BADB002, 4);
  put(bytes, 1028, 3, 4);
  put(bytes, 1032, 0 - (0x1BADB002ull + 3), 4);
  return bytes;
}
std::string boot_sector() {
  std::string bytes(64 << 10, '\0');
  put(bytes, 510, 0xAA55, 2);
  return bytes;
}

TEST(ImageKind, AFlatKernelSaysWhereItIsLoaded) {
  const auto flat = [](std::uint64_t flags) {
    std::string bytes(16 << 10, '\0');
    put(bytes, 0, 0x1BADB002, 4);
    put(bytes, 4, flags, 4);
    put(bytes, 8, 0 - (0x1BADB002ull + flags), 4);
    return bytes;
  };
  EXPECT_EQ(kind_of(flat(0x10003)).what, "flat kernel (multiboot)");
  EXPECT_EQ(kind_of(flat(0x10003)).kind, ImageKind::kernel);
  EXPECT_EQ(kind_of(flat(3)).kind, ImageKind::unknown);
}

TEST(ImageKind, ElfKernelsByMachineAndEntry) {
  EXPECT_EQ(kind_of(with_multiboot(elf(false, 3))).what, "ELF kernel (multiboot, 32-bit x86)");
  EXPECT_EQ(kind_of(with_segment(elf(true, 62), 4, pvh_note())).what,
            "ELF kernel (PVH, 64-bit x86)");
  EXPECT_EQ(kind_of(with_multiboot(with_segment(elf(false, 3), 4, pvh_note()))).what,
            "ELF kernel (multiboot and PVH, 32-bit x86)");
  for (const auto& [wide, number, arch] :
       {std::tuple{true, 183, "aarch64"}, {false, 40, "arm"}, {true, 243, "riscv64"}}) {
    const IdentifiedImage kind = kind_of(elf(wide, static_cast<std::uint64_t>(number)));
    EXPECT_EQ(kind.arch, arch);
    EXPECT_EQ(kind.kind, ImageKind::kernel);
    EXPECT_EQ(kind.refusal, "");
  }
}

TEST(ImageKind, ElfFilesThatCannotBeEntered) {
  EXPECT_NE(kind_of(elf(true, 62)).refusal.find("neither a multiboot header"), std::string::npos);
  EXPECT_NE(kind_of(with_segment(elf(true, 62), 3, "/lib/ld")).refusal.find("operating system"),
            std::string::npos);
  std::string multiboot2 = elf(true, 62);
  put(multiboot2, 1024, 0xE85250D6, 4);
  EXPECT_NE(kind_of(multiboot2).refusal.find("multiboot2"), std::string::npos);
  EXPECT_NE(kind_of(elf(false, 20)).refusal.find("not known here"), std::string::npos);
  // A magic without its checksum is no header.
  std::string half = with_multiboot(elf(false, 3));
  put(half, 1032, 7, 4);
  EXPECT_NE(kind_of(half).refusal, "");
}

TEST(ImageKind, WhatSaysMoreStandsBeforeTheBootSector) {
  EXPECT_EQ(kind_of(boot_sector()).kind, ImageKind::disk);
  std::string linux_kernel = boot_sector();
  put(linux_kernel, 0x202, "HdrS");
  EXPECT_EQ(kind_of(linux_kernel).kind, ImageKind::kernel);
  EXPECT_EQ(kind_of(linux_kernel).append, "console=ttyS0");
  std::string iso = boot_sector();
  put(iso, 0x8001, "CD001");
  EXPECT_EQ(kind_of(iso).kind, ImageKind::cdrom);
  std::string gpt(4096, '\0');
  put(gpt, 512, "EFI PART");
  EXPECT_EQ(kind_of(gpt).what, "disk image with a GPT");
}

TEST(ImageKind, KernelsOfOtherProcessorsAndFirmware) {
  std::string arm64(4096, '\0'), arm(4096, '\0'), riscv(4096, '\0');
  put(arm64, 56, "ARM\x64");
  put(arm, 0x24, 0x016F2818, 4);
  put(riscv, 56, "RSC\x05");
  EXPECT_EQ(kind_of(arm64).arch, "aarch64");
  EXPECT_EQ(kind_of(arm).arch, "arm");
  EXPECT_EQ(kind_of(riscv).arch, "riscv64");

  std::string bios(128 << 10, '\0');
  put(bios, bios.size() - 16, "\xEA\x5B\xE0");
  EXPECT_EQ(kind_of(bios).kind, ImageKind::firmware);
  put(bios, 40, "_FVH");
  EXPECT_EQ(kind_of(bios).kind, ImageKind::flash);
}

TEST(ImageKind, A64BitMultibootKernelIsToldHowItCanBeBooted) {
  // Its PVH note does not help: QEMU looks for the multiboot header first.
  for (const std::string& bytes : {with_multiboot(elf(true, 62)),
                                   with_multiboot(with_segment(elf(true, 62), 4, pvh_note()))}) {
    const IdentifiedImage kind = kind_of(bytes);
    EXPECT_NE(kind.refusal.find("32-bit ELF files only"), std::string::npos);
    EXPECT_NE(kind.next_step.find("objcopy -O elf32-i386"), std::string::npos);
  }
}

std::string firmware_volume(std::size_t size) {
  std::string bytes(size, '\0');
  put(bytes, 40, "_FVH");
  return bytes;
}

TEST(ImageKind, UefiFirmwareByItsVolumesAndItsFirstInstruction) {
  constexpr std::string_view kVariables =
      "\x8D\x2B\xF1\xFF\x96\x76\x8B\x4C\xA9\x85\x27\x47\x07\x5B\x4F\x50";
  // OVMF_CODE_4M.fd: no multiple of 64 KiB.
  std::string code = firmware_volume(876 << 10);
  put(code, code.size() - 16, "\x90\x90\xE9\x2B");
  EXPECT_EQ(kind_of(code).kind, ImageKind::flash);
  EXPECT_EQ(kind_of(code).model, "q35");
  std::string both = code;  // OVMF.fd
  put(both, 16, kVariables);
  EXPECT_EQ(kind_of(both).kind, ImageKind::firmware);
  std::string variables = firmware_volume(64 << 10);  // OVMF_VARS.fd
  put(variables, 16, kVariables);
  EXPECT_NE(kind_of(variables).next_step.find("OVMF_CODE.fd"), std::string::npos);
  std::string arm64 = firmware_volume(64 << 10);  // QEMU_EFI.fd
  put(arm64, 0, 0x14000400, 4);
  EXPECT_EQ(kind_of(arm64).kind, ImageKind::firmware);
  EXPECT_EQ(kind_of(arm64).arch, "aarch64");
  put(arm64, 0, 0xEA000400, 4);
  EXPECT_EQ(kind_of(arm64).arch, "arm");
  put(arm64, 0, 0, 4);
  EXPECT_NE(kind_of(arm64).next_step.find("--as firmware --arch"), std::string::npos);
}

TEST(ImageKind, UBootByItsVersionAndItsFirstInstruction) {
  std::string bytes(300 << 10, '\0');
  put(bytes, (64 << 10) - 3, "U-Boot 2031.01");  // over a border of what is read at once
  EXPECT_NE(kind_of(bytes).next_step.find("u-boot.rom"), std::string::npos);
  put(bytes, 0, 0x1400000A, 4);
  EXPECT_EQ(kind_of(bytes).kind, ImageKind::firmware);
  EXPECT_EQ(kind_of(bytes).arch, "aarch64");
  put(bytes, 0, 0xEA0000B8, 4);
  put(bytes, 4, 0xE59FF014, 4);
  EXPECT_EQ(kind_of(bytes).arch, "arm");
  std::string rom(256 << 10, '\0');
  put(rom, rom.size() - 16, "\xFA\xFC\xE9\x0B\xF8\xFF");
  EXPECT_EQ(kind_of(rom).kind, ImageKind::firmware);
  EXPECT_EQ(kind_of(rom).arch, "x86_64");
  put(rom, 0, "U-Boot 2031.01");
  EXPECT_EQ(kind_of(rom).what, "U-Boot for a PC");
}

TEST(ImageKind, EveryKindHasItsKey) {
  for (const ImageKey& one : image_keys()) {
    EXPECT_EQ(kind_of_key(one.key), one.kind);
    ImageSpec image;
    one.place(image, "f");
    EXPECT_EQ(image.disk + image.kernel + image.cdrom + image.firmware +
                  (image.flash.empty() ? "" : image.flash.front()),
              "f");
  }
  EXPECT_EQ(kind_of_key("floppy"), ImageKind::unknown);
}

TEST(ImageKind, WhatCannotBeBootedSaysWhatToDo) {
  EXPECT_NE(kind_of("QFI\xFB" + std::string(100, '\0')).next_step.find("qemu-img convert"),
            std::string::npos);
  EXPECT_NE(kind_of("\x1F\x8B rest").next_step.find("gunzip"), std::string::npos);
  EXPECT_NE(kind_of("").refusal, "");
  EXPECT_NE(kind_of("what is this\n").next_step.find("--as"), std::string::npos);
}

TEST(ImageKind, AFormThatIsNoImageIsNamed) {
  const auto padded = [](std::string_view magic, std::size_t at = 0) {
    std::string bytes(70'000, '\0');
    put(bytes, 2000, "x");
    put(bytes, at, magic);
    return bytes;
  };
  const auto refusal = [](const std::string& bytes) {
    const IdentifiedImage kind = kind_of(bytes);
    EXPECT_NE(kind.next_step, "");
    return kind.what;
  };
  EXPECT_EQ(refusal("#!/bin/sh\n"), "script");
  EXPECT_EQ(refusal(padded("!<arch>\n")), "static library");
  EXPECT_EQ(refusal(padded("BC\xC0\xDE")), "LLVM bitcode");
  EXPECT_EQ(refusal(padded("\x27\x05\x19\x56")), "uImage");
  EXPECT_EQ(refusal(padded("\xD0\x0D\xFE\xED")), "device tree or FIT image");
  EXPECT_EQ(refusal(":020000040800F2\n"), "Intel HEX file");
  EXPECT_EQ(refusal("S00600004844521B\n"), "Motorola S-record file");
  EXPECT_EQ(refusal(padded("UF2\n")), "UF2 file");
  EXPECT_EQ(refusal(padded("070701")), "cpio archive");
  EXPECT_EQ(refusal(padded("ustar", 257)), "tar archive");
  EXPECT_EQ(refusal(padded("\x53\xEF", 1080)), "ext4 file system");
  EXPECT_EQ(refusal(padded("_BHRfS_M", 0x10040)), "Btrfs file system");
  EXPECT_EQ(refusal(padded(std::string_view("\x5D\0\0\x80\xFF", 5))), "lzma file");
  EXPECT_EQ(refusal(padded("zimg", 4)), "Linux kernel (EFI zboot)");
  EXPECT_EQ(refusal(std::string(70'000, '\0')), "file of zeros");
  // A boot sector makes a disk of any of them.
  std::string disk = padded("ustar", 257);
  put(disk, 510, 0xAA55, 2);
  EXPECT_EQ(kind_of(disk).kind, ImageKind::disk);
}

TEST(ImageKind, AProgramForUefiSaysWhereItGoes) {
  std::string program("MZ");
  put(program, 0x3C, 0x80, 4);
  put(program, 0x80, "PE");
  put(program, 0x84, 0x8664, 2);
  put(program, 0x80 + 24 + 68, 10, 2);
  program.resize(4096);
  EXPECT_EQ(kind_of(program).what, "UEFI application");
  EXPECT_NE(kind_of(program).next_step.find("EFI/BOOT/BOOTX64.EFI"), std::string::npos);
  put(program, 0x84, 0xAA64, 2);
  EXPECT_NE(kind_of(program).next_step.find("EFI/BOOT/BOOTAA64.EFI"), std::string::npos);
  put(program, 0x80 + 24 + 68, 3, 2);
  EXPECT_EQ(kind_of(program).what, "PE program");
  put(program, 0x3C, 0xFFFFFFFF, 4);
  EXPECT_EQ(kind_of(program).what, "file of an unknown form");
}

TEST(ImageKind, AnElfFileThatIsNoProgramSaysSo) {
  EXPECT_NE(kind_of(elf(true, 62).substr(0, 40)).refusal.find("ends in its header"),
            std::string::npos);
  std::string object = elf(true, 62);
  put(object, 16, 1, 2);
  EXPECT_NE(kind_of(object).refusal.find("not been linked"), std::string::npos);
}

TEST(ImageKind, AnyBytesHaveAnAnswer) {
  std::mt19937 random(7);
  const std::string whole = with_multiboot(with_segment(elf(true, 62), 4, pvh_note()));
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = whole.substr(0, random() % (whole.size() + 1));
    for (int i = 0; i < 8 && !bytes.empty(); ++i) {
      // In the headers, where numbers are offsets and sizes.
      bytes[random() % std::min<std::size_t>(bytes.size(), 128)] = static_cast<char>(random());
    }
    const IdentifiedImage kind = kind_of(bytes);
    EXPECT_TRUE(!kind.refusal.empty() || kind.kind != ImageKind::unknown);
    EXPECT_EQ(kind.refusal.empty(), kind.next_step.empty());
  }
}

}  // namespace
}  // namespace harness::onboarding
