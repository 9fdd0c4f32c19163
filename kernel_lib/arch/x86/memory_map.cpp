#include "memory_map.h"

#include "map_entry.h"

namespace x86 {
namespace {

uint64_t usable_in_entry(const uint8_t* entry) {
  if (little_endian(entry + 16, 4) != kTypeRam) return 0;
  return bytes_above_1m(little_endian(entry, 8), little_endian(entry + 8, 8));
}

uint64_t usable_in_table(const uint8_t* map, size_t count, size_t entry_size) {
  uint64_t total = 0;
  for (size_t i = 0; i < count; ++i) total += usable_in_entry(map + i * entry_size);
  return total;
}

}  // namespace

uint64_t usable_from_e820(const uint8_t* map, size_t count) {
  return usable_in_table(map, count, 20);
}

uint64_t usable_from_pvh(const uint8_t* map, size_t count) {
  return usable_in_table(map, count, 24);
}

uint64_t usable_from_multiboot(const uint8_t* map, size_t size) {
  uint64_t total = 0;
  while (size >= 24) {
    const uint64_t entry_size = little_endian(map, 4);
    if (entry_size < 20 || entry_size > size - 4) break;
    total += usable_in_entry(map + 4);
    map += 4 + entry_size;
    size -= static_cast<size_t>(4 + entry_size);
  }
  return total;
}

}  // namespace x86
