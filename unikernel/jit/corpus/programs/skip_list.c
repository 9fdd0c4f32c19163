// A skip list with levels from a generator, against a bit set.
#include "corpus.h"

enum { kLevels = 5, kNodes = 80 };
struct Node {
  int key;
  struct Node* next[kLevels];
};
static struct Node g_nodes[kNodes + 1];
static struct Node* g_free;

static void find(int key, struct Node* before[kLevels]) {
  struct Node* at = &g_nodes[0];
  for (int level = kLevels; level-- > 0;) {
    while (at->next[level] && at->next[level]->key < key) at = at->next[level];
    before[level] = at;
  }
}
static int insert(int key, int height) {
  struct Node* before[kLevels];
  find(key, before);
  if (before[0]->next[0] && before[0]->next[0]->key == key) return 0;
  struct Node* const node = g_free;
  g_free = node->next[0];
  *node = (struct Node){.key = key};
  for (int level = 0; level < height; ++level) {
    node->next[level] = before[level]->next[level];
    before[level]->next[level] = node;
  }
  return 1;
}
static int erase(int key) {
  struct Node* before[kLevels];
  find(key, before);
  struct Node* const node = before[0]->next[0];
  if (!node || node->key != key) return 0;
  for (int level = 0; level < kLevels; ++level) {
    if (before[level]->next[level] == node) before[level]->next[level] = node->next[level];
  }
  node->next[0] = g_free;
  g_free = node;
  return 1;
}

int guest_main(int argument) {
  uint64_t set = 0;
  uint32_t state = (uint32_t)opaque(argument);
  for (int i = 1; i < kNodes; ++i) g_nodes[i].next[0] = &g_nodes[i + 1];
  g_free = &g_nodes[1];
  for (int i = 0; i < 400; ++i) {
    const int key = (int)(next_random(&state) % 64);
    const uint64_t bit = 1ull << key;
    const int present = (set & bit) != 0;
    if (next_random(&state) % 3) {
      const int height = 1 + __builtin_ctz(next_random(&state) | 1 << (kLevels - 1));
      if (insert(key, height) == present) guest_exit(1);
      set |= bit;
    } else {
      if (erase(key) != present) guest_exit(2);
      set &= ~bit;
    }
    mix64(set);
  }
  for (const struct Node* at = g_nodes[0].next[0]; at; at = at->next[0]) mix((uint32_t)at->key);
  return finish();
}
