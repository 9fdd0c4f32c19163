// Arrays whose size is known at run time only, in loops and in recursion, and alloca.
#include "corpus.h"

static uint32_t sum_of(int count, const uint16_t* values) {
  uint32_t sum = 0;
  for (int i = 0; i < count; ++i) sum = sum * 3 + values[i];
  return sum;
}
static uint32_t matrix(int rows, int columns) {
  int64_t cells[rows][columns];
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) cells[r][c] = (int64_t)r * 1000000007 + c;
  }
  int64_t trace = 0;
  for (int i = 0; i < rows && i < columns; ++i) trace += cells[i][i];
  return (uint32_t)trace + (uint32_t)sizeof cells;
}
static uint32_t nested(int depth) {
  uint8_t own[depth + 1];
  memset(own, depth, (size_t)depth + 1);
  const uint32_t below = depth > 0 ? nested(depth - 1) : 1;
  return below * 7 + own[depth / 2];
}

int guest_main(int argument) {
  for (int round = 1; round < 30; ++round) {
    const int count = opaque(round) + argument;
    uint16_t values[count];
    for (int i = 0; i < count; ++i) values[i] = (uint16_t)(i * i + round);
    mix(sum_of(count, values));
    mix(matrix(round % 6 + 1, count % 5 + 1));
    char* const bytes = __builtin_alloca((size_t)(round % 9) + 1);
    for (int i = 0; i <= round % 9; ++i) bytes[i] = (char)(i + round);
    mix_bytes(bytes, (size_t)(round % 9) + 1);
  }
  mix(nested(opaque(40)));
  return finish();
}
