// A function that reads its sizes from memory: the same for a while, then others, of which some are
// what the one before them was.
#include "corpus.h"

struct Sizes {
  int rows, columns, step, unused;
};
static const uint8_t values[64] = {7, 1, 9, 3, 250, 77, 4, 18, 33, 60, 2, 5, 91, 100, 14, 8};

static __attribute__((noinline)) uint32_t sum_of(const struct Sizes* sizes, uint32_t sum) {
  const int rows = sizes->rows, columns = sizes->columns, step = sizes->step;
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) sum = sum * 5 + values[(r * 8 + c * step) & 63];
  }
  return sum * 3 + (uint32_t)(rows * 100 + columns * 10 + step);
}

int guest_main(int argument) {
  struct Sizes sizes = {5, 7, 3, 0};
  for (int call = 0; call < 60; ++call) mix(sum_of(&sizes, (uint32_t)call));
  sizes = (struct Sizes){2, 5, 7, 3};
  for (int call = 0; call < 20; ++call) mix(sum_of(&sizes, (uint32_t)(call * argument)));
  for (int call = 0; call < 40; ++call) {
    sizes = (struct Sizes){4 + (call & 1), 7, 3, 0};
    mix(sum_of(&sizes, (uint32_t)call));
  }
  return finish();
}
