// A trie of lower-case words: insertion, look-up, counting by prefix, a walk in order.
#include "corpus.h"

struct Trie {
  int16_t children[26];
  int16_t words;
};
static struct Trie g_tries[200];
static int16_t g_used = 1;
static char g_path[20];

static void insert(const char* word) {
  int16_t at = 0;
  for (; *word; ++word) {
    int16_t* const child = &g_tries[at].children[*word - 'a'];
    if (*child == 0) *child = g_used++;
    at = *child;
  }
  ++g_tries[at].words;
}
static int find(const char* prefix) {
  int16_t at = 0;
  for (; *prefix; ++prefix) {
    at = g_tries[at].children[*prefix - 'a'];
    if (at == 0) return -1;
  }
  return at;
}
static int count_below(int at) {
  int count = g_tries[at].words;
  for (int i = 0; i < 26; ++i) {
    if (g_tries[at].children[i]) count += count_below(g_tries[at].children[i]);
  }
  return count;
}
static void walk(int at, int depth) {
  if (g_tries[at].words) {
    guest_write(g_path, depth);
    print(" ");
  }
  for (int i = 0; i < 26; ++i) {
    if (!g_tries[at].children[i]) continue;
    g_path[depth] = (char)('a' + i);
    walk(g_tries[at].children[i], depth + 1);
  }
}

int guest_main(int argument) {
  static const char* const kWords[] = {"kernel", "keep",    "key", "keys", "unit",
                                       "uni",    "harness", "key", "hat",  "zebra"};
  static const char* const kPrefixes[] = {"ke", "key", "un", "h", "x", "zebras", ""};
  for (size_t i = 0; i < COUNT(kWords); ++i)
    insert(kWords[(i * 3 + (size_t)argument) % COUNT(kWords)]);
  for (size_t i = 0; i < COUNT(kPrefixes); ++i) {
    const int at = find(kPrefixes[i]);
    mix(at < 0 ? 1000 : (uint32_t)count_below(at));
  }
  walk(0, 0);
  print("\n");
  return finish();
}
