// Queens on boards of 4 to 8: by bits and by arrays, both must find the same number.
#include "corpus.h"

static uint32_t by_bits(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
  if (columns == all) return 1;
  uint32_t count = 0;
  for (uint32_t free = all & ~(columns | left | right); free; free &= free - 1) {
    const uint32_t bit = free & (0 - free);
    count += by_bits(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}
static uint32_t by_arrays(int8_t* queens, int row, int size) {
  if (row == size) return 1;
  uint32_t count = 0;
  for (int8_t column = 0; column < size; ++column) {
    int safe = 1;
    for (int above = 0; above < row && safe; ++above) {
      const int distance = queens[above] - column;
      safe = distance != 0 && distance != row - above && distance != above - row;
    }
    if (!safe) continue;
    queens[row] = column;
    count += by_arrays(queens, row + 1, size);
  }
  return count;
}

int guest_main(int argument) {
  int8_t queens[8];
  for (int size = 4; size <= 6 + argument && size <= 8; ++size) {
    const uint32_t count = by_bits((1u << opaque(size)) - 1, 0, 0, 0);
    if (count != by_arrays(queens, 0, opaque(size))) guest_exit(1);
    print_unsigned(count);
    print(" ");
    mix(count);
  }
  print("\n");
  return finish();
}
