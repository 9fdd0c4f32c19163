#include "build/file_form.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/bytes.h"
#include "base/shell.h"

namespace harness {
namespace {

using namespace std::string_view_literals;

struct Row {
  std::size_t at;
  std::string_view magic;
  UnusableFile file;
};

constexpr std::string_view kCompressed = "it is compressed";
constexpr std::string_view kConvert = "convert it: qemu-img convert -O raw IMAGE disk.img";

// To add a form: one row.
constexpr Row kDisks[] = {
    {0, "QFI\xFB"sv, {"qcow2 disk", "it is a qcow2 disk, and disks are raw here", kConvert}},
    {0, "QED\0"sv, {"QED disk", "it is a QED disk, and disks are raw here", kConvert}},
    {0, "KDMV"sv, {"VMDK disk", "it is a VMDK disk, and disks are raw here", kConvert}},
    {0, "COWD"sv, {"VMDK disk", "it is a VMDK disk, and disks are raw here", kConvert}},
    {0,
     "# Disk DescriptorFile"sv,
     {"VMDK descriptor", "it describes a VMDK disk, and disks are raw here", kConvert}},
    {0x40,
     "\x7F\x10\xDA\xBE"sv,
     {"VDI disk", "it is a VirtualBox disk, and disks are raw here", kConvert}},
    {0, "vhdxfile"sv, {"VHDX disk", "it is a VHDX disk, and disks are raw here", kConvert}},
    {0, "conectix"sv, {"VHD disk", "it is a VHD disk, and disks are raw here", kConvert}},
    {0,
     "WithoutFreeSpace"sv,
     {"Parallels disk", "it is a Parallels disk, and disks are raw here", kConvert}},
    {0,
     "WithouFreSpacExt"sv,
     {"Parallels disk", "it is a Parallels disk, and disks are raw here", kConvert}},
    {0, "\x1F\x8B"sv, {"gzip file", kCompressed, "unpack it: gunzip --keep IMAGE"}},
    {0, "\xFD\x37zXZ\0"sv, {"xz file", kCompressed, "unpack it: unxz --keep IMAGE"}},
    {0, "\x28\xB5\x2F\xFD"sv, {"zstd file", kCompressed, "unpack it: zstd --decompress IMAGE"}},
    {0, "BZh"sv, {"bzip2 file", kCompressed, "unpack it: bunzip2 --keep IMAGE"}},
    {0, "\x04\x22\x4D\x18"sv, {"lz4 file", kCompressed, "unpack it: lz4 -d IMAGE disk.img"}},
    {0, "PK\x03\x04"sv, {"zip file", "it is an archive", "unpack it: unzip IMAGE"}},
    {0, "7z\xBC\xAF\x27\x1C"sv, {"7z file", "it is an archive", "unpack it: 7z x IMAGE"}},
};

// "Cannot load x86-64 image, give a 32bit one." (QEMU 7.2, hw/i386/multiboot.c)
constexpr UnusableFile kWideMultiboot = {
    "ELF kernel (multiboot, 64-bit x86)",
    "it is a 64-bit ELF file with a multiboot header, and QEMU's multiboot loader takes 32-bit ELF "
    "files only",
    "pack it as one: objcopy -O elf32-i386 IMAGE kernel32.elf (it is entered in 32-bit mode in any "
    "case); or give it a PVH note instead of the header, or boot it from an ISO image with GRUB "
    "(grub-mkrescue)"};

/// e_machine of an ELF file in the byte order of all architectures here; else 0.
std::uint64_t elf_machine(std::string_view head) {
  constexpr std::string_view kMagic =
      "\x7F"
      "ELF";
  constexpr char kBigEndian = 2;  // EI_DATA
  const bool is_elf = stands_at(head, 0, kMagic) && head.size() > 5 && head[5] != kBigEndian;
  return is_elf ? number_at(head, 18, 2) : 0;
}

constexpr std::uint64_t kX86_64 = 62;

/// Where a file for that e_machine runs; the first is what its scenario says.
struct ElfMachine {
  std::uint64_t number;
  std::array<std::string_view, 2> runs_on;
};
constexpr ElfMachine kElfMachines[] = {
    {3, {"i386", "x86_64"}},       {kX86_64, {"x86_64", "i386"}}, {40, {"arm", "aarch64"}},
    {183, {"aarch64", "aarch64"}}, {243, {"riscv64", "riscv64"}},
};

/// The flags of the header of multiboot; nullopt where there is none.
std::optional<std::uint32_t> multiboot_flags(std::string_view head) {
  constexpr std::uint32_t kMagic = 0x1BADB002;
  const std::size_t end = std::min<std::size_t>(head.size(), kFormBytes);
  for (std::size_t at = 0; at + 12 <= end; at += 4) {
    if (number_at(head, at, 4) != kMagic) continue;
    const std::uint64_t flags = number_at(head, at + 4, 4);
    const std::uint64_t sum = kMagic + flags + number_at(head, at + 8, 4);
    if (static_cast<std::uint32_t>(sum) == 0) return static_cast<std::uint32_t>(flags);
  }
  return std::nullopt;
}

}  // namespace

const UnusableFile* unusable_disk(std::string_view head) {
  const auto* row = std::ranges::find_if(
      kDisks, [&](const Row& one) { return stands_at(head, one.at, one.magic); });
  return row == std::end(kDisks) ? nullptr : &row->file;
}

const UnusableFile* unusable_pc_kernel(std::string_view head) {
  const bool wide = elf_machine(head) == kX86_64;
  return wide && has_multiboot_header(head) ? &kWideMultiboot : nullptr;
}

std::string_view other_architecture(std::string_view head, std::string_view arch) {
  const auto* row = std::ranges::find(kElfMachines, elf_machine(head), &ElfMachine::number);
  if (row == std::end(kElfMachines)) return "";
  const bool runs = std::ranges::find(row->runs_on, arch) != row->runs_on.end();
  return runs ? "" : row->runs_on.front();
}

bool has_multiboot_header(std::string_view head) { return multiboot_flags(head).has_value(); }

bool has_multiboot_addresses(std::string_view head) {
  constexpr std::uint32_t kAddresses = 1 << 16;
  return (multiboot_flags(head).value_or(0) & kAddresses) != 0;
}

std::string with_file_name(std::string_view next_step, const std::string& file) {
  constexpr std::string_view kPlace = "IMAGE";
  std::string text(next_step);
  const std::size_t at = text.find(kPlace);
  if (at != text.npos) text.replace(at, kPlace.size(), shell_quoted({file}));
  return text;
}

}  // namespace harness
