// All permutations in order and by exchanges; ranks; combinations; cycles.
#include "corpus.h"

static int next_permutation(uint8_t* v, int n) {
  int i = n - 1;
  while (i > 0 && v[i - 1] >= v[i]) --i;
  if (i == 0) return 0;
  int j = n - 1;
  while (v[j] <= v[i - 1]) --j;
  const uint8_t kept = v[i - 1];
  v[i - 1] = v[j];
  v[j] = kept;
  for (int a = i, b = n - 1; a < b; ++a, --b) {
    const uint8_t other = v[a];
    v[a] = v[b];
    v[b] = other;
  }
  return 1;
}
static uint32_t rank(const uint8_t* v, int n) {
  uint32_t result = 0;
  for (int i = 0; i < n; ++i) {
    uint32_t smaller = 0;
    for (int j = i + 1; j < n; ++j) smaller += v[j] < v[i];
    result = result * (uint32_t)(n - i) + smaller;
  }
  return result;
}
static uint32_t heaps(uint8_t* v, int k) {
  if (k == 1) return v[0] * 16u + v[1];
  uint32_t hash = 0;
  for (int i = 0; i < k; ++i) {
    hash = hash * 33 ^ heaps(v, k - 1);
    const int from = k % 2 == 0 ? i : 0;
    const uint8_t kept = v[from];
    v[from] = v[k - 1];
    v[k - 1] = kept;
  }
  return hash;
}
static uint64_t choose(int n, int k) {
  return k == 0 ? 1 : choose(n - 1, k - 1) * (uint64_t)n / (uint64_t)k;
}

int guest_main(int argument) {
  uint8_t values[6] = {0, 1, 2, 3, 4, 5};
  uint32_t expected = 0;
  do {
    if (rank(values, 6) != expected++) guest_exit(1);
    mix(values[opaque(2)] * 8u + values[5]);
  } while (next_permutation(values, 6));
  mix(expected);
  mix(heaps(values, 5));
  for (int k = 0; k <= 30; ++k) mix64(choose(opaque(30) + argument, k));
  return finish();
}
