// Matrices of integers and of doubles: products, transposes, powers, a determinant.
#include "corpus.h"

enum { kSize = 6 };
struct Matrix {
  int64_t cell[kSize][kSize];
};

static struct Matrix product(const struct Matrix* a, const struct Matrix* b) {
  struct Matrix result = {{{0}}};
  for (int i = 0; i < kSize; ++i) {
    for (int j = 0; j < kSize; ++j) {
      for (int k = 0; k < kSize; ++k) result.cell[i][j] += a->cell[i][k] * b->cell[k][j] % 1000003;
    }
  }
  return result;
}
static double determinant(double m[kSize][kSize]) {
  double result = 1;
  for (int i = 0; i < kSize; ++i) {
    int pivot = i;
    for (int r = i + 1; r < kSize; ++r) {
      if (__builtin_fabs(m[r][i]) > __builtin_fabs(m[pivot][i])) pivot = r;
    }
    if (m[pivot][i] == 0) return 0;
    for (int c = 0; c < kSize; ++c) {
      const double kept = m[i][c];
      m[i][c] = m[pivot][c];
      m[pivot][c] = kept;
    }
    if (pivot != i) result = -result;
    result *= m[i][i];
    for (int r = i + 1; r < kSize; ++r) {
      const double factor = m[r][i] / m[i][i];
      for (int c = i; c < kSize; ++c) m[r][c] -= factor * m[i][c];
    }
  }
  return result;
}

int guest_main(int argument) {
  struct Matrix base, power;
  double real[kSize][kSize];
  for (int i = 0; i < kSize * kSize; ++i) {
    base.cell[i / kSize][i % kSize] = opaque(i * i % 23) + argument;
    real[i / kSize][i % kSize] = i * i % 23 + (i % 7 == 0 ? 5.5 : 0);
  }
  power = base;
  for (int round = 0; round < 5; ++round) {
    power = product(&power, &base);
    for (int i = 0; i < kSize; ++i) mix64((uint64_t)power.cell[i][(i + round) % kSize]);
  }
  mix_double(determinant(real));
  return finish();
}
