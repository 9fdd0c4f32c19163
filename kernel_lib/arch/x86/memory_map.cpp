#include "memory_map.h"

#include "map_entry.h"

namespace x86 {
namespace {

/// Adds up what is usable in the entries that it is called with.
struct Sum {
  uint64_t& total;
  void operator()(const MapEntry& entry) const {
    if (entry.type == kTypeRam) total += bytes_above_1m(entry.base, entry.size);
  }
};

}  // namespace

uint64_t usable_from_e820(const uint8_t* map, size_t count) {
  uint64_t total = 0;
  each_entry<MapEntry>(map, count, Sum{total});
  return total;
}

uint64_t usable_from_pvh(const uint8_t* map, size_t count) {
  uint64_t total = 0;
  each_entry<PvhMapEntry>(map, count, Sum{total});
  return total;
}

uint64_t usable_from_multiboot(const uint8_t* map, size_t size) {
  uint64_t total = 0;
  each_multiboot_entry(map, size, Sum{total});
  return total;
}

}  // namespace x86
