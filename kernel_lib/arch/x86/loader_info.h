// What the three loaders leave for the kernel, as they lay it out, and where in it the map of
// memory is. EntryRecord::info is the address of the first structure.
//
// Sources: Multiboot Specification 0.6.96, section 3.3; Xen docs/misc/pvh.pandoc and
// xen/include/public/arch-x86/hvm/start_info.h; boot_sector.asm.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "map_entry.h"

namespace x86 {

inline constexpr uint32_t kMultibootMagic = 0x2BADB002, kPvhMagic = 0x336EC578;
// A loader that names more memory than this is not believed: the map is read, so a wild size or
// count must not lead far.
inline constexpr uint32_t kMaxMapBytes = 16 * 1024;

/// From our boot sector: the entries, of type MapEntry, follow.
struct BootSectorInfo {
  uint32_t map_entries;
};

struct MultibootInfo {
  static constexpr uint32_t kHasSizes = 1 << 0, kHasModules = 1 << 3, kHasMap = 1 << 6;
  uint32_t flags;
  uint32_t lower_kilobytes, upper_kilobytes;  // kHasSizes: below 640 KB, and from 1 MB on
  uint32_t boot_device, command_line;
  uint32_t module_count, modules;  // kHasModules: MultibootModule at `modules`
  uint32_t symbols[4];
  uint32_t map_bytes, map;  // kHasMap: MultibootMapEntry at `map`
};
static_assert(offsetof(MultibootInfo, modules) == 24 && offsetof(MultibootInfo, map) == 48);

struct MultibootModule {
  uint32_t begin, end, text, reserved;
};

struct PvhStartInfo {
  uint32_t magic, version, flags, module_count;
  uint64_t modules, command_line, rsdp;
  uint64_t map;  // from version 1 on, as what follows
  uint32_t map_entries, reserved;
};
static_assert(offsetof(PvhStartInfo, modules) == 16 && offsetof(PvhStartInfo, map) == 40 &&
              offsetof(PvhStartInfo, map_entries) == 48);

struct PvhModule {
  uint64_t address, size, command_line, reserved;
};

/// A loader's structure. Without paging an address is that in physical memory.
template <class T>
const T& at_address(uint64_t address) {
  return *reinterpret_cast<const T*>(static_cast<uintptr_t>(address));
}

/// A map's bytes; its size counts bytes for multiboot and entries for the others. 0: there is none.
struct MapBytes {
  const uint8_t* bytes = nullptr;
  uint32_t size = 0;
};

inline MapBytes e820_map(uint32_t info) {
  const uint32_t count = at_address<BootSectorInfo>(info).map_entries;
  if (count > kMaxMapBytes / sizeof(MapEntry)) return {};
  return {&at_address<uint8_t>(info + sizeof(BootSectorInfo)), count};
}

inline MapBytes multiboot_map(uint32_t info) {
  const auto& loader = at_address<MultibootInfo>(info);
  if (!(loader.flags & MultibootInfo::kHasMap) || loader.map_bytes > kMaxMapBytes) return {};
  return {&at_address<uint8_t>(loader.map), loader.map_bytes};
}

inline MapBytes pvh_map(uint32_t info) {
  const auto& loader = at_address<PvhStartInfo>(info);
  if (loader.magic != kPvhMagic || loader.version < 1 || loader.map > UINT32_MAX) return {};
  if (loader.map_entries > kMaxMapBytes / sizeof(PvhMapEntry)) return {};
  return {&at_address<uint8_t>(loader.map), loader.map_entries};
}

}  // namespace x86
