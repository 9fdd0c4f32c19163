#include "onboarding/image_kind.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/error.h"
#include "onboarding/bytes.h"
#include "onboarding/elf_kind.h"

namespace harness::onboarding {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 36 << 10;  // to the first descriptor of an ISO image

struct File {
  std::string_view head, tail;  // the first bytes, and the last 16
  std::uint64_t size;
};

/// One form of file: how it is told, and what it is. The first row that matches is taken, so rows
/// that say more stand first: a hybrid ISO image has a boot sector too.
struct Row {
  bool (*matches)(const File& file);
  ImageKind kind;
};

bool has_boot_sector(const File& file) { return stands_at(file.head, 510, "\x55\xAA"sv); }

bool is_bzimage(const File& file) {
  return has_boot_sector(file) && stands_at(file.head, 0x202, "HdrS");
}

/// The processor starts 16 bytes before the end: a jump stands there, short, near or far.
bool is_pc_firmware(const File& file) {
  if (file.size % (64 << 10) != 0 || file.size > (16 << 20) || file.tail.size() < 16) return false;
  std::string_view tail = file.tail;
  while (tail.starts_with('\x90')) tail.remove_prefix(1);
  return tail.starts_with('\xEA') || tail.starts_with('\xE9') || tail.starts_with('\xEB');
}
bool is_firmware_volume(const File& file) { return stands_at(file.head, 40, "_FVH"); }

ImageKind refused(std::string what, std::string refusal, std::string next_step) {
  return {.key = "",
          .arch = "",
          .what = std::move(what),
          .refusal = std::move(refusal),
          .next_step = std::move(next_step)};
}

const std::vector<Row>& rows() {
  constexpr std::uint64_t kLinuxMemory = 256 << 20;
  static const std::vector<Row> kRows = {
      {[](const File& f) { return stands_at(f.head, 0, "QFI\xFB"); },
       refused("qcow2 disk", "it is a qcow2 disk, and disks are raw here",
               "convert it: qemu-img convert -O raw IMAGE disk.img")},
      {[](const File& f) { return stands_at(f.head, 0, "\x1F\x8B"); },
       refused("gzip file", "it is compressed", "unpack it: gunzip --keep IMAGE")},
      {[](const File& f) {
         return stands_at(f.head, 0,
                          "\xFD"
                          "7zXZ\0"sv);
       },
       refused("xz file", "it is compressed", "unpack it: unxz --keep IMAGE")},
      {[](const File& f) { return stands_at(f.head, 0x8001, "CD001"); },
       {.key = "cdrom", .arch = "x86_64", .what = "ISO image"}},
      {is_bzimage,
       {.key = "kernel",
        .arch = "x86_64",
        .what = "Linux kernel (bzImage)",
        .append = "console=ttyS0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 56, "ARM\x64"); },
       {.key = "kernel",
        .arch = "aarch64",
        .what = "Linux kernel (Image, 64-bit ARM)",
        .append = "console=ttyAMA0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 0x24, "\x18\x28\x6F\x01"sv); },
       {.key = "kernel",
        .arch = "arm",
        .what = "Linux kernel (zImage, 32-bit ARM)",
        .append = "console=ttyAMA0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 56, "RSC\x05"); },
       {.key = "kernel",
        .arch = "riscv64",
        .what = "Linux kernel (Image, RISC-V)",
        .append = "console=ttyS0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return is_firmware_volume(f) && is_pc_firmware(f); },
       {.key = "flash", .arch = "x86_64", .what = "UEFI firmware for a PC", .memory = 256 << 20}},
      {is_pc_firmware, {.key = "firmware", .arch = "x86_64", .what = "PC firmware"}},
      {has_boot_sector, {.key = "disk", .arch = "x86_64", .what = "disk image with a boot sector"}},
      {[](const File& f) { return stands_at(f.head, 512, "EFI PART"); },
       {.key = "disk", .arch = "x86_64", .what = "disk image with a GPT"}},
  };
  return kRows;
}

}  // namespace

ImageKind identify(std::uint64_t size, const ReadAt& read) {
  const std::string head = read(0, kHeadBytes);
  if (head.empty()) return refused("empty file", "it is empty", "build it first");
  if (stands_at(head, 0,
                "\x7F"
                "ELF"))
    return identify_elf(head, read);
  const std::string tail = size < 16 ? std::string() : read(size - 16, 16);
  for (const Row& row : rows()) {
    if (row.matches({head, tail, size})) return row.kind;
  }
  return refused("file of an unknown form",
                 "no form is known that begins like this: no ELF file, Linux kernel, ISO image, "
                 "boot sector or PC firmware",
                 "say what it is: --as kernel (or disk, cdrom, firmware, flash) --arch aarch64");
}

ImageKind identify(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw UsageError(file.string() + " is a folder, not an image", "name the file to boot");
  }
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  std::ifstream stream(file, std::ios::binary);
  if (error || !stream) {
    throw UsageError(
        file.string() + " cannot be read: " + (error ? error.message() : std::strerror(errno)),
        "name the image to boot: a disk, a kernel, an ISO image, firmware");
  }
  return identify(size, [&](std::uint64_t offset, std::size_t most) {
    std::string bytes(most, '\0');
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(offset));
    if (!stream) return std::string();
    stream.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
  });
}

}  // namespace harness::onboarding
