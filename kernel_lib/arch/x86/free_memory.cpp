#include "free_memory.h"

#include "map_entry.h"

namespace x86 {
namespace {

constexpr uint64_t kFourGigabytes = uint64_t{1} << 32;

Range range_of(const MapEntry& entry, uint64_t from) {
  if (entry.type != kTypeRam) return {};
  const uint64_t base = entry.base, size = entry.size;
  const uint64_t end =
      size > kFourGigabytes || base > kFourGigabytes - size ? kFourGigabytes : base + size;
  return {base < from ? from : base, end};
}

Range larger(Range a, Range b) { return b.size() > a.size() ? b : a; }

/// Keeps the largest range of the entries that it is called with.
struct Largest {
  Range& largest;
  uint64_t from;
  void operator()(const MapEntry& entry) const { largest = larger(largest, range_of(entry, from)); }
};

}  // namespace

Range largest_in_e820(const uint8_t* map, size_t count, uint64_t from) {
  Range largest;
  each_entry<MapEntry>(map, count, Largest{largest, from});
  return largest;
}

Range largest_in_pvh(const uint8_t* map, size_t count, uint64_t from) {
  Range largest;
  each_entry<PvhMapEntry>(map, count, Largest{largest, from});
  return largest;
}

Range largest_in_multiboot(const uint8_t* map, size_t size, uint64_t from) {
  Range largest;
  each_multiboot_entry(map, size, Largest{largest, from});
  return largest;
}

Range without(Range range, Range taken) {
  if (taken.size() == 0 || taken.end <= range.begin || taken.begin >= range.end) return range;
  return larger({range.begin, taken.begin}, {taken.end, range.end});
}

}  // namespace x86
