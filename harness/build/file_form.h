// Forms of files that QEMU, as it is started here, cannot boot, told by their bytes: disks that are
// not raw, compressed files, 64-bit multiboot kernels. Known before a boot, so that a guest is not
// waited for that never starts. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace harness {

/// How much of a file's beginning these look at.
inline constexpr std::size_t kFormBytes = 8192;

struct UnusableFile {
  std::string_view what;       // "qcow2 disk"
  std::string_view why;        // "it is a qcow2 disk, and disks are raw here"
  std::string_view next_step;  // a command; IMAGE in it is the file's name
};

/// Of a file that is to be a disk, a CD or flash. nullptr: nothing is known against it. Magic
/// numbers: QEMU's block drivers (block/*.c of QEMU 7.2), the formats' own specifications.
const UnusableFile* unusable_disk(std::string_view head);

/// Of a file that is to be the kernel of a PC. nullptr: nothing is known against it.
const UnusableFile* unusable_pc_kernel(std::string_view head);

/// Of an ELF file that is to be the kernel of a machine of `arch` (kArchitectures) and is for
/// another: that other. "": nothing is known against it.
std::string_view other_architecture(std::string_view head, std::string_view arch);

/// Whether QEMU's multiboot loader takes the file: magic, flags and a checksum that make 0
/// together, at a multiple of 4 in the first 8 KiB (multiboot 0.6.96, 3.1.1). That loader is asked
/// before the ones of ELF and PVH (QEMU 7.2, hw/i386/x86.c, x86_load_linux).
bool has_multiboot_header(std::string_view head);
/// Whether that header says itself where the file is loaded (bit 16 of its flags), as it must where
/// the file is no ELF.
bool has_multiboot_addresses(std::string_view head);

/// `next_step` with the name of the file, as a shell takes it.
std::string with_file_name(std::string_view next_step, const std::string& file);

}  // namespace harness
