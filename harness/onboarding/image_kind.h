// What a file is that someone wants to boot, told by its bytes: which key of `image:` it belongs
// under, and for which architecture it is. Pure but for the reader it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/scenario.h"

namespace harness::onboarding {

/// How a file is booted.
enum class ImageKind { unknown, disk, kernel, cdrom, firmware, flash };

/// A kind, the key of `image:` that it is written under, and where that key's value goes.
struct ImageKey {
  ImageKind kind;
  std::string_view key;
  void (*place)(ImageSpec& image, const std::string& file);
};
/// Every kind but unknown.
const std::vector<ImageKey>& image_keys();
/// The row of a kind; the kind must not be unknown.
const ImageKey& image_key(ImageKind kind);
/// The kind of that key; unknown where there is none.
ImageKind kind_of_key(std::string_view key);

/// Up to `size` bytes of the file from `offset` on; fewer where it ends.
using ReadAt = std::function<std::string(std::uint64_t offset, std::size_t size)>;

struct IdentifiedImage {
  ImageKind kind = ImageKind::unknown;
  std::string_view arch = {};   // of kArchitectures; x86_64 runs 32-bit guests too
  std::string what;             // for people: "ELF kernel (multiboot, 32-bit x86)"
  std::string append = {};      // command line that makes it speak on the serial port
  std::uint64_t memory = 0;     // bytes that it needs; 0: the default of init
  std::string_view model = {};  // machine that it needs; empty: the architecture's own
  std::string refusal = {};     // why it cannot be booted; empty where it may be
  std::string next_step = {};   // of a refusal; IMAGE in it is the file's name
};
/// One that cannot be booted: what it is, why not, and what the user can do.
inline IdentifiedImage refused_image(std::string what, std::string refusal, std::string next_step) {
  return {
      .what = std::move(what), .refusal = std::move(refusal), .next_step = std::move(next_step)};
}

/// Tells what a file of `size` bytes is. A file that nothing is known of is refused; so is one that
/// QEMU cannot take (a compressed disk, a program for an operating system). Any bytes; reads at
/// most 4 MiB. Sources: the ELF specification, the multiboot 0.6.96 and PVH (Xen note 18)
/// boot protocols, Linux' Documentation/{x86/boot,arm64/booting,riscv/boot-image-header}, ECMA-119,
/// the UEFI platform initialization specification (firmware volumes), U-Boot's start code.
IdentifiedImage identify(std::uint64_t size, const ReadAt& read);
/// The same for a file on disk. Throws UsageError where it is not there or cannot be read.
IdentifiedImage identify(const std::filesystem::path& file);

}  // namespace harness::onboarding
