// Where is there room? The same three maps as in memory_map.h, looked through for the largest piece
// of RAM. Pure.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace x86 {

/// A range of addresses below 4 GB, [begin, end).
struct Range {
  uint64_t begin = 0, end = 0;
  [[nodiscard]] constexpr uint64_t size() const { return end > begin ? end - begin : 0; }
};

/// The largest part of a map's RAM that lies from `from` on and below 4 GB. The maps are as above.
Range largest_in_e820(const uint8_t* map, size_t count, uint64_t from);
Range largest_in_multiboot(const uint8_t* map, size_t size, uint64_t from);
Range largest_in_pvh(const uint8_t* map, size_t count, uint64_t from);

/// The larger of the two parts of `range` before and after `taken`.
Range without(Range range, Range taken);

}  // namespace x86
