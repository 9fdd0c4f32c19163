// A file of data beside the kernel: where mkimage or QEMU's command line puts it, and where the
// guest looks (kernel/boot_data.h). A boot module needs no name.
#pragma once

#include <stdint.h>

namespace wire {

// Where fw_cfg holds a file of this name.
inline constexpr char kDataFile[] = "opt/uniharness/data";
// On a disk image: this sector starts with kDiskDataMagic and the size of the data as 8 bytes,
// little-endian; the data follows in the next sector.
inline constexpr uint32_t kDiskDataSector = 136;  // at 68 KB, behind all that the boot sector loads
inline constexpr char kDiskDataMagic[] = "FLUDDATA";

}  // namespace wire
