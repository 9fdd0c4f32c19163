// What was started together with the kernel: memory above it, and one file of data that does not
// fit into the image. For apps that need more than the heap's 256 KB and the boot sector's 64 KB.
// Nothing of this is linked into an app that does not ask.
//
// The data comes, in this order, from
//   a module    multiboot's or PVH's first one: QEMU's -initrd, on any machine with -kernel
//   fw_cfg      the file wire::kDataFile (wire/boot_data.h): QEMU's -fw_cfg name=...,file=...
//   the disk    what mkimage put behind the kernel (add_unikernel(... DATA file)), read by a
//               driver of kernel_lib from the first ATA disk
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

/// A piece of memory.
struct Region {
  uintptr_t begin = 0;
  size_t size = 0;  // 0: there is none
};

/// The largest piece of RAM below 4 GB that lies above the image, its heap and the boot module, as
/// the loader's memory map tells; size 0 where it tells nothing. The same on every call: an app
/// asks once and makes a Heap of it.
Region free_memory();

enum class DataSource : uint8_t { none, module, fw_cfg, disk };
inline constexpr const char* kDataSourceNames[] = {"none", "module", "fw_cfg", "disk"};

struct BootData {
  DataSource source = DataSource::none;
  uint64_t size = 0;
  const void* address = nullptr;  // module: where it already lies
  uint32_t handle = 0;            // fw_cfg: its selector
};

/// Looks for the data. DataSource::none where there is none.
BootData find_boot_data();

/// Copies all of it to `to`, which holds data.size bytes (from the disk: rounded up to whole
/// sectors of 512) and is aligned to 4. False where the device fails.
bool read_boot_data(const BootData& data, void* to);

/// A short text from fw_cfg: the file `name`, cut to `room` bytes. Returns its size; 0 where there
/// is no such file. What was cut off is lost.
size_t read_boot_text(const char* name, char* to, size_t room);

}  // namespace kernel
