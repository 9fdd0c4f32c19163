#include "onboarding/image_kind.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/bytes.h"
#include "base/error.h"
#include "build/file_form.h"
#include "onboarding/elf_kind.h"
#include "onboarding/firmware_kind.h"
#include "onboarding/hints.h"
#include "onboarding/unbootable_kind.h"

namespace harness::onboarding {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 68 << 10;  // to the first descriptor of an ISO image, and Btrfs

struct File {
  std::string_view head, tail;  // the first bytes, and the last 16
  std::uint64_t size;
};

/// One form of file: how it is told, and what it is. The first row that matches is taken, so rows
/// that say more stand first: a hybrid ISO image has a boot sector too.
struct Row {
  bool (*matches)(const File& file);
  IdentifiedImage kind;
};

bool has_boot_sector(const File& file) { return stands_at(file.head, 510, "\x55\xAA"sv); }

bool is_bzimage(const File& file) {
  return has_boot_sector(file) && stands_at(file.head, 0x202, "HdrS");
}

const std::vector<Row>& rows() {
  constexpr std::uint64_t kLinuxMemory = 256 << 20;
  static const std::vector<Row> kRows = {
      {[](const File& f) { return stands_at(f.head, 0x8001, "CD001"); },
       {.kind = ImageKind::cdrom, .arch = "x86_64", .what = "ISO image"}},
      {is_bzimage,
       {.kind = ImageKind::kernel,
        .arch = "x86_64",
        .what = "Linux kernel (bzImage)",
        .append = "console=ttyS0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 56, "ARM\x64"); },
       {.kind = ImageKind::kernel,
        .arch = "aarch64",
        .what = "Linux kernel (Image, 64-bit ARM)",
        .append = "console=ttyAMA0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 0x24, "\x18\x28\x6F\x01"sv); },
       {.kind = ImageKind::kernel,
        .arch = "arm",
        .what = "Linux kernel (zImage, 32-bit ARM)",
        .append = "console=ttyAMA0",
        .memory = kLinuxMemory}},
      {[](const File& f) { return stands_at(f.head, 56, "RSC\x05"); },
       {.kind = ImageKind::kernel,
        .arch = "riscv64",
        .what = "Linux kernel (Image, RISC-V)",
        .append = "console=ttyS0",
        .memory = kLinuxMemory}},
  };
  return kRows;
}

/// What has no mark of its own, after everything that has.
const std::vector<Row>& plain_rows() {
  static const std::vector<Row> kRows = {
      {has_boot_sector,
       {.kind = ImageKind::disk, .arch = "x86_64", .what = "disk image with a boot sector"}},
      {[](const File& f) { return stands_at(f.head, 512, "EFI PART"); },
       {.kind = ImageKind::disk, .arch = "x86_64", .what = "disk image with a GPT"}},
      {[](const File& f) { return has_multiboot_addresses(f.head); },
       {.kind = ImageKind::kernel, .arch = "x86_64", .what = "flat kernel (multiboot)"}},
  };
  return kRows;
}

}  // namespace

const std::vector<ImageKey>& image_keys() {
  static const std::vector<ImageKey> kKeys = {
      {ImageKind::disk, "disk", [](ImageSpec& image, const std::string& f) { image.disk = f; }},
      {ImageKind::kernel, "kernel",
       [](ImageSpec& image, const std::string& f) { image.kernel = f; }},
      {ImageKind::cdrom, "cdrom", [](ImageSpec& image, const std::string& f) { image.cdrom = f; }},
      {ImageKind::firmware, "firmware",
       [](ImageSpec& image, const std::string& f) { image.firmware = f; }},
      {ImageKind::flash, "flash",
       [](ImageSpec& image, const std::string& f) { image.flash = {f}; }},
  };
  return kKeys;
}

const ImageKey& image_key(ImageKind kind) {
  return *std::ranges::find(image_keys(), kind, &ImageKey::kind);
}

ImageKind kind_of_key(std::string_view key) {
  const auto at = std::ranges::find(image_keys(), key, &ImageKey::key);
  return at == image_keys().end() ? ImageKind::unknown : at->kind;
}

IdentifiedImage identify(std::uint64_t size, const ReadAt& read) {
  const std::string head = read(0, kHeadBytes);
  if (head.empty()) return refused_image("empty file", "it is empty", "build it first");
  if (stands_at(head, 0,
                "\x7F"
                "ELF"))
    return identify_elf(head, read);
  if (const UnusableFile* fault = unusable_disk(head)) {
    return refused_image(std::string(fault->what), std::string(fault->why),
                         std::string(fault->next_step));
  }
  const std::string tail = size < 16 ? std::string() : read(size - 16, 16);
  for (const Row& row : rows()) {
    if (row.matches({head, tail, size})) return row.kind;
  }
  if (auto firmware = identify_firmware(size, head, tail, read)) return *firmware;
  for (const Row& row : plain_rows()) {
    if (row.matches({head, tail, size})) return row.kind;
  }
  if (auto unbootable = identify_unbootable(head)) return *unbootable;
  return refused_image(
      "file of an unknown form",
      "its first bytes are of no form that is known here: no ELF file, Linux kernel, ISO "
      "image, boot sector or firmware",
      fmt::format("say what it is: {} (or {}, {}, {}, {})", hint::kAsArmKernel, hint::kAsDisk,
                  hint::kAsCdrom, hint::kAsArmFirmware, hint::kAsFlash));
}

IdentifiedImage identify(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw UsageError(file.string() + " is a folder, not an image", "name the file to boot");
  }
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  std::ifstream stream;
  if (!error) stream.open(file, std::ios::binary);  // opening a pipe would wait for ever
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
