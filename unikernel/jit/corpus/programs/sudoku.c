// A sudoku solved by trying digits where the fewest are possible.
#include "corpus.h"

static uint8_t g_cells[81];
static uint32_t g_tries;

static uint32_t possible(int cell) {
  uint32_t digits = 0x3fe;
  const int row = cell / 9, column = cell % 9, box = row / 3 * 27 + column / 3 * 3;
  for (int i = 0; i < 9; ++i) {
    digits &= ~(1u << g_cells[row * 9 + i]);
    digits &= ~(1u << g_cells[i * 9 + column]);
    digits &= ~(1u << g_cells[box + i / 3 * 9 + i % 3]);
  }
  return digits & ~1u;
}
static int solve(void) {
  int best = -1, fewest = 10;
  uint32_t digits = 0;
  for (int cell = 0; cell < 81; ++cell) {
    if (g_cells[cell]) continue;
    const uint32_t here = possible(cell);
    const int count = __builtin_popcount(here);
    if (count < fewest) fewest = count, best = cell, digits = here;
  }
  if (best < 0) return 1;
  for (; digits; digits &= digits - 1) {
    ++g_tries;
    g_cells[best] = (uint8_t)__builtin_ctz(digits);
    if (solve()) return 1;
  }
  g_cells[best] = 0;
  return 0;
}

int guest_main(int argument) {
  static const char kPuzzle[] =
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
  for (int i = 0; i < 81; ++i) g_cells[i] = kPuzzle[i] == '.' ? 0 : (uint8_t)(kPuzzle[i] - '0');
  g_cells[opaque(argument + 1)] = 0;
  if (!solve()) guest_exit(1);
  for (int i = 0; i < 81; ++i) {
    const char c = (char)('0' + g_cells[i]);
    guest_write(&c, 1);
    if (i % 27 == 26) print("\n");
  }
  mix(g_tries);
  mix_bytes(g_cells, sizeof g_cells);
  return finish();
}
