// Text in memory: lengths, comparisons, searches, reversal, splitting, numbers in and out.
#include "corpus.h"

static int compare(const char* a, const char* b) {
  while (*a && *a == *b) ++a, ++b;
  return (unsigned char)*a - (unsigned char)*b;
}
static const char* find(const char* text, const char* part) {
  for (; *text; ++text) {
    size_t i = 0;
    while (part[i] && text[i] == part[i]) ++i;
    if (!part[i]) return text;
  }
  return 0;
}
static void reverse(char* text) {
  for (size_t i = 0, j = strlen(text); i + 1 < j; ++i) {
    const char swapped = text[i];
    text[i] = text[--j];
    text[j] = swapped;
  }
}
static int number(const char* text) {
  int sign = 1, value = 0;
  while (*text == ' ') ++text;
  if (*text == '-') sign = -1, ++text;
  while (*text >= '0' && *text <= '9') value = value * 10 + (*text++ - '0');
  return sign * value;
}

int guest_main(int argument) {
  static const char* const kWords[] = {"alpha", "alphabet", "beta", "", "gamma", "alpha"};
  for (size_t i = 0; i < COUNT(kWords); ++i) {
    for (size_t j = 0; j < COUNT(kWords); ++j) {
      mix((uint32_t)compare(kWords[i], kWords[j]));
      const char* at = find(kWords[i], kWords[j]);
      mix(at ? (uint32_t)(at - kWords[i]) : 999);
    }
  }
  char line[] = "12, -345,  6789, 0, abc";
  char* begin = line;
  for (char* at = line;; ++at) {
    if (*at != ',' && *at) continue;
    const int last = !*at;
    *at = 0;
    mix((uint32_t)(number(begin) + argument));
    reverse(begin);
    print(begin);
    print(";");
    if (last) break;
    begin = at + 1;
  }
  print("\n");
  return finish();
}
