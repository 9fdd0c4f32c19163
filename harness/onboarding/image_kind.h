// What a file is that someone wants to boot, told by its bytes: which key of `image:` it belongs
// under, and for which architecture it is. Pure but for the reader it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace harness::onboarding {

/// Up to `size` bytes of the file from `offset` on; fewer where it ends.
using ReadAt = std::function<std::string(std::uint64_t offset, std::size_t size)>;

struct ImageKind {
  std::string_view key;        // of `image:`: disk, kernel, cdrom, firmware, flash
  std::string_view arch;       // of kArchitectures; x86_64 runs 32-bit guests too
  std::string what;            // for people: "ELF kernel (multiboot, 32-bit x86)"
  std::string append = {};     // command line that makes it speak on the serial port
  std::uint64_t memory = 0;    // bytes that it needs; 0: the default of init
  std::string refusal = {};    // why it cannot be booted; empty where it may be
  std::string next_step = {};  // of a refusal
};

/// Tells what a file of `size` bytes is. A file that nothing is known of is refused; so is one that
/// QEMU cannot take (a compressed disk, a program for an operating system). Any bytes; reads a few
/// hundred KiB at most. Sources: the ELF specification, the multiboot 0.6.96 and PVH (Xen note 18)
/// boot protocols, Linux' Documentation/{x86/boot,arm64/booting,riscv/boot-image-header}, ECMA-119,
/// the UEFI platform initialization specification (firmware volumes).
ImageKind identify(std::uint64_t size, const ReadAt& read);
/// The same for a file on disk. Throws UsageError where it is not there or cannot be read.
ImageKind identify(const std::filesystem::path& file);

}  // namespace harness::onboarding
