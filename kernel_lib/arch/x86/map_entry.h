// The entries of the three memory maps, as they lie in memory. Multiboot and E820 entries are not
// aligned, so they are read as bytes. Pure.
//
// Sources: ACPI Specification 6.4, 15.1 (E820); Multiboot Specification 0.6.96, 3.3; Xen
// xen/include/public/arch-x86/hvm/start_info.h, hvm_memmap_table_entry.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace x86 {

inline constexpr uint32_t kTypeRam = 1;  // the same number in all three formats

/// INT 15h E820's entry, and a part of the others'.
struct [[gnu::packed]] MapEntry {
  uint64_t base, size;
  uint32_t type;
};
static_assert(sizeof(MapEntry) == 20);

struct [[gnu::packed]] PvhMapEntry {
  MapEntry entry;
  uint32_t reserved;
};
static_assert(sizeof(PvhMapEntry) == 24);

struct [[gnu::packed]] MultibootMapEntry {
  uint32_t size;  // of what follows, which can be longer than `entry`
  MapEntry entry;
};
static_assert(sizeof(MultibootMapEntry) == 24);

template <class T>
T read_entry(const uint8_t* bytes) {
  T value;
  __builtin_memcpy(&value, bytes, sizeof value);
  return value;
}

/// Calls `visit` with the MapEntry of each of the `count` entries, which are of type Entry.
template <class Entry>
void each_entry(const uint8_t* map, size_t count, auto visit) {
  for (size_t i = 0; i < count; ++i) visit(read_entry<MapEntry>(map + i * sizeof(Entry)));
}

/// The same for multiboot's map of `size` bytes. Stops at an entry that is too short or reaches
/// past the end.
void each_multiboot_entry(const uint8_t* map, size_t size, auto visit) {
  while (size >= sizeof(MultibootMapEntry)) {
    const auto head = read_entry<MultibootMapEntry>(map);
    if (head.size < sizeof(MapEntry) || head.size > size - sizeof head.size) break;
    visit(head.entry);
    const size_t step = sizeof head.size + head.size;
    map += step;
    size -= step;
  }
}

}  // namespace x86
