// Conway's game of life on a torus, printed at its end.
#include "corpus.h"

enum { kWidth = 20, kHeight = 12 };
typedef uint8_t Board[kHeight][kWidth];
static Board g_boards[2];

static int neighbours(Board board, int row, int column) {
  int count = 0;
  for (int dr = -1; dr <= 1; ++dr) {
    for (int dc = -1; dc <= 1; ++dc) {
      if (dr == 0 && dc == 0) continue;
      count += board[(row + dr + kHeight) % kHeight][(column + dc + kWidth) % kWidth];
    }
  }
  return count;
}
static void step(Board from, Board to) {
  for (int r = 0; r < kHeight; ++r) {
    for (int c = 0; c < kWidth; ++c) {
      const int count = neighbours(from, r, c);
      to[r][c] = count == 3 || (count == 2 && from[r][c]);
    }
  }
}

int guest_main(int argument) {
  static const uint8_t kAcorn[][2] = {{4, 6}, {5, 8}, {6, 5}, {6, 6}, {6, 9}, {6, 10}, {6, 11}};
  for (size_t i = 0; i < COUNT(kAcorn); ++i) g_boards[0][kAcorn[i][0]][kAcorn[i][1]] = 1;
  const int steps = opaque(30 + argument);
  for (int i = 0; i < steps; ++i) {
    step(g_boards[i & 1], g_boards[~i & 1]);
    mix_bytes(g_boards[~i & 1], sizeof(Board));
  }
  for (int r = 0; r < kHeight; ++r) {
    char line[kWidth + 1];
    for (int c = 0; c < kWidth; ++c) line[c] = g_boards[steps & 1][r][c] ? '#' : '.';
    line[kWidth] = '\n';
    guest_write(line, sizeof line);
  }
  return finish();
}
