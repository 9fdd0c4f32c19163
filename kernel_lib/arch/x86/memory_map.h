// How much memory is there? Three loaders answer in three formats. Pure: given the bytes of a map,
// returns usable RAM above 1 MB; works the same on the host.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace x86 {

inline constexpr uint64_t kOneMegabyte = 0x100000;

/// Part of the range [base, base + size) that lies above 1 MB; a range past 2^64 is cut there.
constexpr uint64_t bytes_above_1m(uint64_t base, uint64_t size) {
  const uint64_t end = size > UINT64_MAX - base ? UINT64_MAX : base + size;
  const uint64_t start = base < kOneMegabyte ? kOneMegabyte : base;
  return end > start ? end - start : 0;
}

/// `map` holds `count` entries as INT 15h E820 writes them, 20 bytes each: base, size, type.
uint64_t usable_from_e820(const uint8_t* map, size_t count);

/// Multiboot 1 memory map of `size` bytes: each entry says its own size, which does not count the
/// word that says so. Stops at an entry that is too short or reaches past the end.
uint64_t usable_from_multiboot(const uint8_t* map, size_t size);

/// PVH memory map (hvm_memmap_table_entry), 24 bytes an entry: base, size, type, reserved.
uint64_t usable_from_pvh(const uint8_t* map, size_t count);

}  // namespace x86
