// Distances between words, the longest common part and subsequence, by tables.
#include "corpus.h"

static int least(int a, int b) { return a < b ? a : b; }

static int distance(const char* a, const char* b) {
  int row[32];
  const int width = (int)strlen(b);
  for (int j = 0; j <= width; ++j) row[j] = j;
  for (int i = 0; a[i]; ++i) {
    int diagonal = row[0];
    row[0] = i + 1;
    for (int j = 1; j <= width; ++j) {
      const int replaced = diagonal + (a[i] != b[j - 1]);
      diagonal = row[j];
      row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
    }
  }
  return row[width];
}
static int common(const char* a, const char* b, int in_one_piece) {
  int table[24][24] = {{0}}, best = 0;
  for (int i = 0; a[i]; ++i) {
    for (int j = 0; b[j]; ++j) {
      const int left = table[i + 1][j], above = table[i][j + 1];
      table[i + 1][j + 1] = a[i] == b[j]   ? table[i][j] + 1
                            : in_one_piece ? 0
                            : left > above ? left
                                           : above;
      if (table[i + 1][j + 1] > best) best = table[i + 1][j + 1];
    }
  }
  return best;
}

int guest_main(int argument) {
  static const char* const kWords[] = {"kernel",  "unikernel", "colonel",    "",
                                       "harness", "carnage",   "interpreter"};
  for (size_t i = 0; i < COUNT(kWords); ++i) {
    for (size_t j = 0; j < COUNT(kWords); ++j) {
      const char* a = kWords[(size_t)opaque((int)i)];
      const char* b = kWords[j];
      mix((uint32_t)(distance(a, b) * argument));
      mix((uint32_t)(common(a, b, 0) * 32 + common(a, b, 1)));
    }
  }
  print_unsigned((uint32_t)distance("kitten", "sitting"));
  print("\n");
  return finish();
}
