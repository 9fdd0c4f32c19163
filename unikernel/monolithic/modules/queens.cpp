// Ways to place n queens on a board of n by n.
#include "../module/module.h"

namespace {

/// Bits that are set are taken: columns, and both diagonals as they meet the next row.
uint32_t place(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
  if (columns == all) return 1;
  uint32_t ways = 0;
  for (uint32_t free = all & ~(columns | left | right); free != 0; free &= free - 1) {
    const uint32_t queen = free & -free;
    ways += place(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
  }
  return ways;
}

}  // namespace

uint32_t module_main(uint32_t n) { return place((1u << n) - 1, 0, 0, 0); }
