// A matcher of patterns with . * + ? ^ $ by backtracking.
#include "corpus.h"

static int match_here(const char* pattern, const char* text);
static int same(char p, char c) { return c != 0 && (p == '.' || p == c); }

static int match_many(char p, int at_least, const char* pattern, const char* text) {
  int count = 0;
  while (same(p, text[count])) ++count;
  for (; count >= at_least; --count) {
    if (match_here(pattern, text + count)) return 1;
  }
  return 0;
}
static int match_here(const char* pattern, const char* text) {
  if (pattern[0] == 0) return 1;
  if (pattern[0] == '$' && pattern[1] == 0) return *text == 0;
  switch (pattern[1]) {
    case '*':
      return match_many(pattern[0], 0, pattern + 2, text);
    case '+':
      return match_many(pattern[0], 1, pattern + 2, text);
    case '?':
      return (same(pattern[0], *text) && match_here(pattern + 2, text + 1)) ||
             match_here(pattern + 2, text);
    default:
      return same(pattern[0], *text) && match_here(pattern + 1, text + 1);
  }
}
static int matches(const char* pattern, const char* text) {
  if (*pattern == '^') return match_here(pattern + 1, text);
  do {
    if (match_here(pattern, text)) return 1;
  } while (*text++);
  return 0;
}

int guest_main(int argument) {
  static const char* const kPatterns[] = {"a*b",     "^ab+c$", "x?y", "^.*d$",
                                          "colou?r", "a.c",    "^$",  "aa*aa*b"};
  static const char* const kTexts[] = {"aaab", "abbbc", "ac",  "",           "the colour red",
                                       "abcd", "color", "xyz", "aaaaaaaaaac"};
  for (size_t p = 0; p < COUNT(kPatterns); ++p) {
    char line[COUNT(kTexts) + 1];
    for (size_t t = 0; t < COUNT(kTexts); ++t) {
      const int found =
          matches(kPatterns[p], kTexts[(t + (size_t)opaque(argument)) % COUNT(kTexts)]);
      line[t] = found ? '1' : '0';
      mix((uint32_t)found);
    }
    line[COUNT(kTexts)] = '\n';
    guest_write(line, sizeof line);
  }
  return finish();
}
