// The files of an image that can be booted. build/image.h makes it from a scenario.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/param.h"

namespace harness {

/// A file that is loaded beside the kernel, and the words that a multiboot kernel finds with it.
struct BootModule {
  std::filesystem::path file;
  std::string words;
  friend bool operator==(const BootModule&, const BootModule&) = default;
};

/// The files of an image, absolute; those the scenario does not name are empty.
struct Image {
  std::filesystem::path disk, kernel, cdrom;
  std::vector<std::filesystem::path> further_disks;
  std::string firmware;            // path, or a name QEMU knows
  std::filesystem::path manifest;  // NAME.manifest.json of add_unikernel, or empty
  std::filesystem::path symbols;   // ELF file that the scenario names, or empty
  std::vector<std::filesystem::path> flash;
  std::vector<BootModule> modules;          // of the kernel
  std::vector<FwCfgEntry> fw_cfg;           // those of the machine, their files located
  std::vector<std::filesystem::path> sent;  // those that steps send, in their order
  /// The file that says what is booted: of its content the record keeps the checksum. Empty where
  /// that is firmware which only QEMU knows where to find.
  [[nodiscard]] std::filesystem::path booted() const;
};

}  // namespace harness
