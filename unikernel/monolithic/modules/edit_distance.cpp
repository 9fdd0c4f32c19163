// How many letters lie between "kitten" and "sitting" (Levenshtein distance).
#include "../module/module.h"

uint32_t module_main(uint32_t) {
  constexpr char kFrom[] = "kitten", kTo[] = "sitting";
  constexpr uint32_t kRows = sizeof kFrom - 1, kColumns = sizeof kTo - 1;
  uint32_t row[kColumns + 1];
  for (uint32_t i = 0; i <= kColumns; ++i) row[i] = i;
  for (uint32_t r = 1; r <= kRows; ++r) {
    uint32_t diagonal = row[0];
    row[0] = r;
    for (uint32_t c = 1; c <= kColumns; ++c) {
      const uint32_t changed = diagonal + (kFrom[r - 1] != kTo[c - 1]);
      diagonal = row[c];
      const uint32_t shifted = (row[c] < row[c - 1] ? row[c] : row[c - 1]) + 1;
      row[c] = changed < shifted ? changed : shifted;
    }
  }
  return row[kColumns];
}
