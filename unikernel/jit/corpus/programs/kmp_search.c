// Search for words in text: Knuth, Morris and Pratt's, Boyer, Moore and Horspool's, rolling hashes.
#include "corpus.h"

static const char kText[] = "abracadabra abracadabrax aaaaaaaab abababac cabracadabra";

static int plain(const char* text, int n, const char* word, int m) {
  int count = 0;
  for (int i = 0; i + m <= n; ++i) count += memcmp(text + i, word, (size_t)m) == 0;
  return count;
}
static int kmp(const char* text, int n, const char* word, int m) {
  int back[32] = {-1}, count = 0;
  for (int i = 0, j = -1; i < m;) {
    while (j >= 0 && word[i] != word[j]) j = back[j];
    back[++i] = ++j;
  }
  for (int i = 0, j = 0; i < n;) {
    while (j >= 0 && (j == m || text[i] != word[j])) j = back[j];
    ++i, ++j;
    count += j == m;
  }
  return count;
}
static int horspool(const char* text, int n, const char* word, int m) {
  uint8_t skip[256];
  memset(skip, m, sizeof skip);
  for (int i = 0; i + 1 < m; ++i) skip[(uint8_t)word[i]] = (uint8_t)(m - 1 - i);
  int count = 0;
  for (int at = 0; at + m <= n; at += skip[(uint8_t)text[at + m - 1]]) {
    int i = m;
    while (i > 0 && text[at + i - 1] == word[i - 1]) --i;
    count += i == 0;
  }
  return count;
}
static int rolling(const char* text, int n, const char* word, int m) {
  uint32_t wanted = 0, hash = 0, highest = 1;
  int count = 0;
  for (int i = 0; i < m; ++i) {
    wanted = wanted * 257 + (uint8_t)word[i];
    hash = hash * 257 + (uint8_t)text[i];
    if (i > 0) highest *= 257;
  }
  for (int i = 0; i + m <= n; ++i) {
    count += hash == wanted && memcmp(text + i, word, (size_t)m) == 0;
    if (i + m < n) hash = (hash - highest * (uint8_t)text[i]) * 257 + (uint8_t)text[i + m];
  }
  return count;
}

int guest_main(int argument) {
  static const char* const kWords[] = {"abra", "a",   "aaa",         "abab",
                                       "cad",  "zzz", "abracadabra", " "};
  const int n = (int)sizeof kText - argument;
  for (size_t i = 0; i < COUNT(kWords); ++i) {
    const char* word = kWords[(size_t)opaque((int)i)];
    const int m = (int)strlen(word), count = plain(kText, n, word, m);
    if (kmp(kText, n, word, m) != count || horspool(kText, n, word, m) != count) guest_exit(1);
    if (rolling(kText, n, word, m) != count) guest_exit(2);
    mix((uint32_t)count);
  }
  return finish();
}
