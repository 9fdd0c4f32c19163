// Six ways to sort, all with the same result.
#include "corpus.h"

enum { kCount = 120 };
typedef void (*Sort)(int* values, int count);

static void insertion(int* v, int n) {
  for (int i = 1; i < n; ++i) {
    const int value = v[i];
    int j = i;
    for (; j > 0 && v[j - 1] > value; --j) v[j] = v[j - 1];
    v[j] = value;
  }
}
static void selection(int* v, int n) {
  for (int i = 0; i < n; ++i) {
    int least = i;
    for (int j = i; j < n; ++j) least = v[j] < v[least] ? j : least;
    const int kept = v[i];
    v[i] = v[least];
    v[least] = kept;
  }
}
static void shell(int* v, int n) {
  for (int gap = n / 2; gap > 0; gap /= 2) {
    for (int i = gap; i < n; ++i) {
      const int value = v[i];
      int j = i;
      for (; j >= gap && v[j - gap] > value; j -= gap) v[j] = v[j - gap];
      v[j] = value;
    }
  }
}
static void quick(int* v, int n) {
  if (n < 2) return;
  const int pivot = v[n / 2];
  int i = 0, j = n - 1;
  while (i <= j) {
    while (v[i] < pivot) ++i;
    while (v[j] > pivot) --j;
    if (i > j) break;
    const int kept = v[i];
    v[i++] = v[j];
    v[j--] = kept;
  }
  quick(v, j + 1);
  quick(v + i, n - i);
}
static void merge(int* v, int n) {
  if (n < 2) return;
  int left[kCount];
  const int half = n / 2;
  merge(v, half);
  merge(v + half, n - half);
  __builtin_memcpy(left, v, (size_t)half * sizeof *v);
  for (int i = 0, j = half, to = 0; i < half;)
    v[to++] = j < n && v[j] < left[i] ? v[j++] : left[i++];
}
static void counting(int* v, int n) {
  uint8_t counts[1000] = {0};
  for (int i = 0; i < n; ++i) ++counts[v[i] + 500];
  for (int value = 0, to = 0; value < 1000; ++value) {
    while (counts[value]-- > 0) v[to++] = value - 500;
  }
}

int guest_main(int argument) {
  static const Sort kSorts[] = {insertion, selection, shell, quick, merge, counting};
  uint32_t first = 0;
  for (size_t s = 0; s < COUNT(kSorts); ++s) {
    int values[kCount];
    uint32_t state = (uint32_t)argument, hash = 0;
    for (int i = 0; i < kCount; ++i) values[i] = (int)(next_random(&state) % 1000) - 500;
    kSorts[s](values, kCount);
    for (int i = 0; i < kCount; ++i) hash = hash * 31 + (uint32_t)values[i];
    if (s > 0 && hash != first) guest_exit((int)s);
    first = hash;
    mix(hash);
  }
  return finish();
}
