// Quicksort of integers, recursive, with the median of three.
// Argument: 6
#include "corpus.h"

enum { kCount = 16384 };
static int32_t g_values[kCount];

static void exchange(int32_t* a, int32_t* b) {
  const int32_t kept = *a;
  *a = *b;
  *b = kept;
}
static void sort(int32_t* first, int32_t* last) {
  while (last - first > 12) {
    int32_t* const middle = first + (last - first) / 2;
    if (*middle < *first) exchange(middle, first);
    if (last[-1] < *first) exchange(last - 1, first);
    if (last[-1] < *middle) exchange(last - 1, middle);
    const int32_t pivot = *middle;
    int32_t *i = first, *j = last - 1;
    while (i <= j) {
      while (*i < pivot) ++i;
      while (*j > pivot) --j;
      if (i <= j) exchange(i++, j--);
    }
    sort(first, j + 1);
    first = i;
  }
  for (int32_t* i = first; i < last; ++i) {
    const int32_t value = *i;
    int32_t* j = i;
    for (; j > first && j[-1] > value; --j) *j = j[-1];
    *j = value;
  }
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)opaque(3);
  for (int round = 0; round < argument; ++round) {
    for (int i = 0; i < kCount; ++i)
      g_values[i] = (int32_t)(next_random(&state) ^ next_random(&state) << 12);
    sort(g_values, g_values + kCount);
    for (int i = 1; i < kCount; ++i) {
      if (g_values[i - 1] > g_values[i]) guest_exit(1);
    }
    mix((uint32_t)g_values[kCount / 2]);
  }
  return finish();
}
