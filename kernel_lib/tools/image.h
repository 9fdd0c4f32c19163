// From a linked kernel (ELF) to the forms that are booted. Pure: bytes in, bytes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace mkimage {

using Bytes = std::vector<std::uint8_t>;

/// The input is not what it should be; what() names it and says what to do.
struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr std::size_t kDiskBytes = 10u << 20;  // of NAME.img

/// What lies in memory from 1 MB on when the kernel starts, .bss and heap left out: the contents of
/// the ELF's one loadable segment. Throws Error where the file is not such an ELF, or where the
/// image does not carry wire::kImageSignature at byte 4.
Bytes flat_image(const Bytes& elf);

/// The same file with its multiboot header zeroed. QEMU starts a kernel that has one as multiboot
/// on every machine; without it, as PVH. Throws Error unless there is exactly one header.
Bytes without_multiboot(Bytes elf);

/// The start of the raw disk: the boot sector, told how many sectors follow, and the flat image
/// padded to whole sectors. Throws Error where the image is larger than the boot sector loads.
Bytes disk_start(const Bytes& boot_sector, const Bytes& flat);

/// The disk with a file of data behind the kernel, as wire::kDiskDataSector says. Throws Error
/// where the disk's start reaches that far.
Bytes with_data(Bytes disk, const Bytes& data);

}  // namespace mkimage
