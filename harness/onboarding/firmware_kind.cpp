#include "onboarding/firmware_kind.h"

#include <algorithm>

#include "base/bytes.h"
#include "onboarding/hints.h"

namespace harness::onboarding {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kMaxPcFirmware = 16 << 20;
constexpr std::uint64_t kUefiMemory = 256 << 20;

struct FirmwareFile {
  std::uint64_t size;
  std::string_view head, tail;
};

/// A PC's processor starts 16 bytes before the end: a jump stands there, short, near or far, behind
/// instructions that go before it (nop: EDK2; cli and cld: U-Boot; wbinvd: coreboot).
bool has_reset_vector(const FirmwareFile& file) {
  if (file.size % (4 << 10) != 0 || file.size > kMaxPcFirmware || file.tail.size() < 16)
    return false;
  std::string_view tail = file.tail.substr(file.tail.size() - 16);
  static constexpr std::string_view kBefore[] = {"\x90", "\xFA", "\xFC", "\x0F\x09", "\x66"};
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view one : kBefore) {
      if (!tail.starts_with(one)) continue;
      tail.remove_prefix(one.size());
      found = true;
    }
  }
  return tail.starts_with('\xEA') || tail.starts_with('\xE9') || tail.starts_with('\xEB');
}

// A firmware volume begins with 16 bytes that are free for a reset vector, the GUID of its file
// system, its length and its signature (UEFI PI 1.7, volume 3, 3.2.1).
bool is_firmware_volume(const FirmwareFile& file) { return stands_at(file.head, 40, "_FVH"); }

/// gEfiSystemNvDataFvGuid, FFF12B8D-7696-4C8B-A985-2747075B4F50: the variables, not the code.
bool holds_variables(const FirmwareFile& file) {
  return stands_at(file.head, 16,
                   "\x8D\x2B\xF1\xFF\x96\x76\x8B\x4C\xA9\x85\x27\x47\x07\x5B\x4F\x50"sv);
}

/// `b`, the branch of 64-bit and of 32-bit ARM, as the first instruction.
bool starts_with_arm64_branch(std::string_view head) {
  return head.size() >= 4 && (static_cast<std::uint8_t>(head[3]) & 0xFC) == 0x14;
}
bool starts_with_arm_branch(std::string_view head) { return stands_at(head, 3, "\xEA"sv); }

std::optional<IdentifiedImage> identify_volume(const FirmwareFile& file) {
  if (holds_variables(file)) {
    // OVMF.fd holds both; its variables cannot be kept apart, so it is loaded and not flashed.
    if (has_reset_vector(file)) {
      return IdentifiedImage{.kind = ImageKind::firmware,
                             .arch = "x86_64",
                             .what = "UEFI firmware for a PC, with its variables",
                             .memory = kUefiMemory,
                             .model = "q35"};
    }
    return refused_image(
        "variable store of UEFI firmware", "it holds the variables of UEFI firmware, not its code",
        "name the file with the code (OVMF_CODE.fd, AAVMF_CODE.fd), and add this one in "
        "the scenario: flash: [OVMF_CODE.fd, IMAGE]");
  }
  if (has_reset_vector(file)) {
    return IdentifiedImage{.kind = ImageKind::flash,
                           .arch = "x86_64",
                           .what = "UEFI firmware for a PC",
                           .memory = kUefiMemory,
                           .model = "q35"};
  }
  if (starts_with_arm64_branch(file.head) || starts_with_arm_branch(file.head)) {
    const bool wide = starts_with_arm64_branch(file.head);
    return IdentifiedImage{
        .kind = ImageKind::firmware,
        .arch = wide ? "aarch64" : "arm",
        .what = wide ? "UEFI firmware for 64-bit ARM" : "UEFI firmware for 32-bit ARM",
        .memory = kUefiMemory};
  }
  return refused_image("firmware volume",
                       "it is a UEFI firmware volume for a processor that is not known",
                       "say which: " + std::string(hint::kAsArmFirmware));
}

/// "U-Boot 2023.01": the version that every U-Boot prints, somewhere in the file.
bool names_u_boot(std::uint64_t size, const ReadAt& read) {
  constexpr std::string_view kName = "U-Boot 20";
  constexpr std::uint64_t kMost = 3 << 20;
  constexpr std::size_t kPiece = 64 << 10;
  std::string text;
  for (std::uint64_t at = 0; at < std::min(size, kMost); at += kPiece) {
    text.erase(0, text.size() - std::min(text.size(), kName.size() + 2));
    text += read(at, kPiece);
    for (std::size_t found = text.find(kName); found != text.npos;
         found = text.find(kName, found + 1)) {
      const std::string_view year = std::string_view(text).substr(found + kName.size(), 3);
      if (year.size() == 3 && year[0] >= '0' && year[0] <= '9' && year[2] == '.') return true;
    }
  }
  return false;
}

/// u-boot.bin starts with the first instruction of its processor (arch/*/{lib,cpu}/start.S).
std::optional<IdentifiedImage> identify_u_boot(const FirmwareFile& file, const ReadAt& read) {
  const std::string_view head = file.head;
  // The vectors behind the branch are all "ldr pc, ...".
  const bool arm = starts_with_arm_branch(head) && stands_at(head, 6, "\x9F\xE5"sv);
  const bool arm64 = starts_with_arm64_branch(head);
  if (!names_u_boot(file.size, read)) return std::nullopt;
  if (arm || arm64) {
    return IdentifiedImage{.kind = ImageKind::firmware,
                           .arch = arm64 ? "aarch64" : "arm",
                           .what = arm64 ? "U-Boot (64-bit ARM)" : "U-Boot (32-bit ARM)"};
  }
  // Compressed instructions: c.mv s0/tp, a0 of start.S, alone or behind the read of mhartid.
  const bool supervisor = stands_at(head, 0, "\x2A\x82\xAE\x84"sv);
  const bool machine_mode = stands_at(head, 0, "\x73\x25\x40\xF1"sv);
  if (supervisor || machine_mode) {
    return IdentifiedImage{
        .kind = supervisor ? ImageKind::kernel : ImageKind::firmware,
        .arch = "riscv64",
        .what = supervisor ? "U-Boot (RISC-V, supervisor mode)" : "U-Boot (RISC-V, machine mode)"};
  }
  return refused_image(
      "U-Boot", "it is a U-Boot without its reset vector, or for a processor that is not known",
      "for a PC name u-boot.rom, which is built beside it; else say what it is: " +
          std::string(hint::kAsRiscvFirmware));
}

}  // namespace

std::optional<IdentifiedImage> identify_firmware(std::uint64_t size, std::string_view head,
                                                 std::string_view tail, const ReadAt& read) {
  const FirmwareFile file{size, head, tail};
  if (is_firmware_volume(file)) return identify_volume(file);
  if (has_reset_vector(file) && size % (64 << 10) == 0) {
    const bool u_boot = names_u_boot(size, read);
    return IdentifiedImage{.kind = ImageKind::firmware,
                           .arch = "x86_64",
                           .what = u_boot ? "U-Boot for a PC" : "PC firmware"};
  }
  return identify_u_boot(file, read);
}

}  // namespace harness::onboarding
