// Arrays inside structures, copied by assignment, returned, compared; arrays of several dimensions.
#include "corpus.h"

struct Grid {
  uint8_t cells[5][7];
};
struct Cube {
  int16_t cells[3][4][5];
};

static struct Grid g_start = {{{1, 2, 3}, {4, [6] = 5}, [4] = {9, 9, 9, 9, 9, 9, 9}}};

static struct Grid turn(struct Grid grid) {
  struct Grid result;
  for (int r = 0; r < 5; ++r) {
    for (int c = 0; c < 7; ++c) result.cells[r][c] = grid.cells[4 - r][6 - c];
  }
  return result;
}
static int equal(const struct Grid* a, const struct Grid* b) {
  return memcmp(a, b, sizeof *a) == 0;
}

int guest_main(int argument) {
  struct Grid grid = g_start;
  for (int i = 0; i < 12; ++i) {
    const struct Grid before = grid;
    grid = turn(grid);
    grid.cells[opaque(i) % 5][i % 7] += (uint8_t)argument;
    mix((uint32_t)equal(&grid, &before));
    mix_bytes(&grid, sizeof grid);
  }
  struct Cube cube = {{{{1}}}};
  int16_t(*plane)[5] = cube.cells[opaque(1)];
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 4; ++j) {
      for (int k = 0; k < 5; ++k)
        cube.cells[i][j][k] = (int16_t)(cube.cells[i][j][k] + i * 100 + j * 10 - k);
    }
  }
  mix((uint32_t)plane[2][3] + (uint32_t)(*(plane + 1))[4]);
  mix((uint32_t)(&cube.cells[2][1][0] - &cube.cells[0][0][0]));
  return finish();
}
