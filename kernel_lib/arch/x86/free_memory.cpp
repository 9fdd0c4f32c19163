#include "free_memory.h"

#include "map_entry.h"

namespace x86 {
namespace {

constexpr uint64_t kFourGigabytes = uint64_t{1} << 32;

Range range_in_entry(const uint8_t* entry, uint64_t from) {
  if (little_endian(entry + 16, 4) != kTypeRam) return {};
  const uint64_t base = little_endian(entry, 8), size = little_endian(entry + 8, 8);
  const uint64_t end =
      size > kFourGigabytes || base > kFourGigabytes - size ? kFourGigabytes : base + size;
  return {base < from ? from : base, end};
}

Range larger(Range a, Range b) { return b.size() > a.size() ? b : a; }

Range largest_in_table(const uint8_t* map, size_t count, size_t entry_size, uint64_t from) {
  Range largest;
  for (size_t i = 0; i < count; ++i) {
    largest = larger(largest, range_in_entry(map + i * entry_size, from));
  }
  return largest;
}

}  // namespace

Range largest_in_e820(const uint8_t* map, size_t count, uint64_t from) {
  return largest_in_table(map, count, 20, from);
}

Range largest_in_pvh(const uint8_t* map, size_t count, uint64_t from) {
  return largest_in_table(map, count, 24, from);
}

Range largest_in_multiboot(const uint8_t* map, size_t size, uint64_t from) {
  Range largest;
  while (size >= 24) {
    const uint64_t entry_size = little_endian(map, 4);
    if (entry_size < 20 || entry_size > size - 4) break;
    largest = larger(largest, range_in_entry(map + 4, from));
    map += 4 + entry_size;
    size -= static_cast<size_t>(4 + entry_size);
  }
  return largest;
}

Range without(Range range, Range taken) {
  if (taken.size() == 0 || taken.end <= range.begin || taken.begin >= range.end) return range;
  return larger({range.begin, taken.begin}, {taken.end, range.end});
}

}  // namespace x86
