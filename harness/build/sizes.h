// Sizes of an image, read from its ELF files with libelf.
#pragma once

#include <cstdint>
#include <filesystem>

#include "build/image.h"
#include "model/image.h"
#include "model/record.h"

namespace harness {

/// Bytes of the sections that occupy memory, by whether the file holds their contents.
struct SectionBytes {
  std::uint64_t loaded = 0;  // SHF_ALLOC with contents: text, rodata, data
  std::uint64_t zeroed = 0;  // SHF_ALLOC, SHT_NOBITS: bss
};

/// Of an ELF file, or summed over the members of an archive of ELF files. Throws Error naming the
/// file if it is neither.
SectionBytes section_bytes(const std::filesystem::path& file);

/// All sizes that the files of the image tell; without a manifest, those of a directly booted ELF
/// and of a disk image.
Sizes measure_sizes(const Image& image);

}  // namespace harness
