// Linear equations by LU decomposition with pivots, checked by substitution.
#include "corpus.h"

enum { kSize = 10 };
typedef double Matrix[kSize][kSize];

static int decompose(Matrix a, int order[kSize]) {
  for (int i = 0; i < kSize; ++i) order[i] = i;
  for (int k = 0; k < kSize; ++k) {
    int pivot = k;
    for (int i = k + 1; i < kSize; ++i) {
      if (__builtin_fabs(a[i][k]) > __builtin_fabs(a[pivot][k])) pivot = i;
    }
    if (a[pivot][k] == 0) return 0;
    for (int j = 0; j < kSize && pivot != k; ++j) {
      const double kept = a[k][j];
      a[k][j] = a[pivot][j];
      a[pivot][j] = kept;
    }
    const int kept = order[k];
    order[k] = order[pivot];
    order[pivot] = kept;
    for (int i = k + 1; i < kSize; ++i) {
      a[i][k] /= a[k][k];
      for (int j = k + 1; j < kSize; ++j) a[i][j] -= a[i][k] * a[k][j];
    }
  }
  return 1;
}
static void solve(Matrix lu, const int order[kSize], const double b[kSize], double x[kSize]) {
  for (int i = 0; i < kSize; ++i) {
    x[i] = b[order[i]];
    for (int j = 0; j < i; ++j) x[i] -= lu[i][j] * x[j];
  }
  for (int i = kSize; i-- > 0;) {
    for (int j = i + 1; j < kSize; ++j) x[i] -= lu[i][j] * x[j];
    x[i] /= lu[i][i];
  }
}

int guest_main(int argument) {
  Matrix a, lu;
  double b[kSize], x[kSize];
  int order[kSize];
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < kSize; ++i) {
    for (int j = 0; j < kSize; ++j)
      lu[i][j] = a[i][j] = (double)(next_random(&state) % 2001) / 100 - 10;
    b[i] = i - opaque_double(3.5);
  }
  if (!decompose(lu, order)) return 1;
  solve(lu, order, b, x);
  double worst = 0;
  for (int i = 0; i < kSize; ++i) {
    double sum = -b[i];
    for (int j = 0; j < kSize; ++j) sum += a[i][j] * x[j];
    if (__builtin_fabs(sum) > worst) worst = __builtin_fabs(sum);
    mix_double(x[i]);
  }
  print(worst < 1e-9 ? "solved\n" : "not solved\n");
  return finish();
}
