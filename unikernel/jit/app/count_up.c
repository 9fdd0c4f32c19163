// What trial.cpp makes wrong code of: it computes, counts turns, and changes memory.
static int g_counts[16];
// On a page of its own: nobody but a version that is wrong writes there.
_Alignas(4096) int g_other[1024] = {77};

__attribute__((noinline)) int count_up(const int* values, int size) {
  int sum = 0;
  for (int i = 0; i < size; ++i) {
    sum += values[i] * 3;
    g_counts[values[i] & 15] += i;
  }
  return sum;
}

// 0: all calls have done what they should, and nothing else.
int guest_main(int calls) {
  int values[24], wanted[16] = {0};
  int wrong = 0;
  for (int call = 0; call < calls; ++call) {
    int sum = 0;
    for (int i = 0; i < 24; ++i) {
      values[i] = (i * 7 + call * 5) % 31;
      sum += values[i] * 3;
      wanted[values[i] & 15] += i;
    }
    wrong += count_up(values, 24) != sum;
    for (int i = 0; i < 16; ++i) wrong += g_counts[i] != wanted[i];
  }
  for (int i = 1; i < 1024; ++i) wrong += g_other[i] != 0;
  return wrong + (g_other[0] != 77);
}
