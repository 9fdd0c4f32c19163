#include "onboarding/unbootable_kind.h"

#include <algorithm>
#include <string>

#include "base/bytes.h"

namespace harness::onboarding {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kInitrd = "name the kernel, and this file behind --initrd";
constexpr std::string_view kNoLoader = "it is a file system without a boot sector";
constexpr std::string_view kBeside = "name the kernel, and this file behind --disk";
constexpr std::string_view kAsBinary = "it is a program for a flash tool";
constexpr std::string_view kUBoot = "it is packed for U-Boot";
constexpr std::string_view kUnpacked =
    "name what it was made of: vmlinux, Image, zImage or bzImage";

struct NoImage {
  std::size_t at;
  std::string_view magic;
  std::string_view what, refusal, next_step;
};
// To add a form: one row. The first that matches is taken.
constexpr NoImage kNoImages[] = {
    {4, "zimg"sv, "Linux kernel (EFI zboot)", "it is a kernel that only UEFI unpacks",
     "name arch/ARCH/boot/Image of the same build"},
    {0, "!<arch>\n"sv, "static library", "it is a library, not a program",
     "name the program that is linked with it"},
    {0, "BC\xC0\xDE"sv, "LLVM bitcode", "it is bitcode that has not been compiled",
     "compile and link it first"},
    {0, "\xCF\xFA\xED\xFE"sv, "Mach-O file", "it is a program for macOS",
     "link the kernel as an ELF file"},
    {0, "\0asm"sv, "WebAssembly", "it is WebAssembly, not a kernel", "name the image that runs it"},
    {0, "#!"sv, "script", "it is a script", "name the image that it boots"},
    {0, "\x27\x05\x19\x56"sv, "uImage", kUBoot, kUnpacked},
    {0, "\xD0\x0D\xFE\xED"sv, "device tree or FIT image",
     "it is a device tree, or packed for U-Boot", kUnpacked},
    {0, ":0200000"sv, "Intel HEX file", kAsBinary,
     "name the ELF file, or convert it: objcopy -I ihex -O binary IMAGE kernel.bin"},
    {0, ":1000000"sv, "Intel HEX file", kAsBinary,
     "name the ELF file, or convert it: objcopy -I ihex -O binary IMAGE kernel.bin"},
    {0, "S0"sv, "Motorola S-record file", kAsBinary,
     "name the ELF file, or convert it: objcopy -I srec -O binary IMAGE kernel.bin"},
    {0, "UF2\n"sv, "UF2 file", kAsBinary, "name the ELF file that it was made of"},
    {0, "07070"sv, "cpio archive", "it is an initial ramdisk, not a kernel", kInitrd},
    {257, "ustar"sv, "tar archive", "it is an archive", "unpack it: tar -xf IMAGE"},
    {1080, "\x53\xEF"sv, "ext4 file system", kNoLoader, kBeside},
    {0, "hsqs"sv, "SquashFS file system", kNoLoader, kBeside},
    {0, "XFSB"sv, "XFS file system", kNoLoader, kBeside},
    {0x10040, "_BHRfS_M"sv, "Btrfs file system", kNoLoader, kBeside},
    {0, "\x89LZO\0\r\n"sv, "lzop file", "it is compressed", "unpack it: lzop -d IMAGE"},
    {0, "\x5D\0\0"sv, "lzma file", "it is compressed", "unpack it: unlzma --keep IMAGE"},
};

struct PeMachine {
  std::uint64_t number;
  std::string_view file;  // where UEFI looks for the application of a removable disk
};
constexpr PeMachine kPeMachines[] = {{0x14C, "BOOTIA32.EFI"},
                                     {0x8664, "BOOTX64.EFI"},
                                     {0x1C2, "BOOTARM.EFI"},
                                     {0xAA64, "BOOTAA64.EFI"},
                                     {0x5064, "BOOTRISCV64.EFI"}};

/// A program of Windows' form, most of which are for UEFI here.
std::optional<IdentifiedImage> identify_pe(std::string_view head) {
  constexpr std::uint64_t kApplication = 10, kRuntimeDriver = 12, kSubsystem = 24 + 68;
  const std::uint64_t header = number_at(head, 0x3C, 4);
  if (!stands_at(head, 0, "MZ") || !stands_at(head, header, "PE\0\0"sv)) return std::nullopt;
  const std::uint64_t subsystem = number_at(head, header + kSubsystem, 2);
  if (subsystem < kApplication || subsystem > kRuntimeDriver) {
    return refused_image("PE program", "it is a program for Windows",
                         "link the kernel as an ELF file");
  }
  const auto* machine =
      std::ranges::find(kPeMachines, number_at(head, header + 4, 2), &PeMachine::number);
  const std::string name(machine == std::end(kPeMachines) ? "BOOTX64.EFI" : machine->file);
  return refused_image("UEFI application", "it is a UEFI application, which firmware has to load",
                       "put it on a FAT disk as EFI/BOOT/" + name +
                           ", and boot that disk with flash: (docs/GUESTS.md, Booting it)");
}

}  // namespace

std::optional<IdentifiedImage> identify_unbootable(std::string_view head) {
  const auto* form = std::ranges::find_if(
      kNoImages, [&](const NoImage& one) { return stands_at(head, one.at, one.magic); });
  if (form != std::end(kNoImages)) {
    return refused_image(std::string(form->what), std::string(form->refusal),
                         std::string(form->next_step));
  }
  if (auto pe = identify_pe(head)) return pe;
  if (head.find_first_not_of('\0') != head.npos) return std::nullopt;
  return refused_image(
      "file of zeros", "its first " + std::to_string(head.size()) + " bytes are all 0",
      "write a boot loader to it, or name the kernel, and this file behind --disk");
}

}  // namespace harness::onboarding
