// Deep structures: unions in structures in arrays, addressed by long chains of indices.
#include "corpus.h"

struct Leaf {
  uint8_t tag;
  union {
    struct {
      int16_t x, y;
    } point;
    int32_t whole;
    uint8_t raw[4];
  } data;
};
struct Branch {
  struct Leaf leaves[3];
  int64_t sum;
  struct {
    char name[5];
    _Bool used;
  } info;
};
struct Tree {
  struct Branch branches[2][2];
  struct Tree* link;
  double weight;
};

static struct Tree g_forest[3] = {
    [1] = {.branches = {{{.sum = 5}, {.leaves = {[2] = {7, {.whole = 0x00020001}}}}}},
           .weight = 0.5}};

static void grow(struct Tree* tree, int i) {
  struct Branch* const branch = &tree->branches[i & 1][i >> 1 & 1];
  struct Leaf* const leaf = &branch->leaves[i % 3];
  leaf->tag += 1;
  leaf->data.point.x = (int16_t)(leaf->data.point.x + i);
  leaf->data.raw[3] ^= 0x11;
  branch->sum += (int64_t)leaf->data.whole << (i % 20);
  branch->info.name[i % 5] = (char)('a' + i % 26);
  branch->info.used = !branch->info.used;
  tree->weight += leaf->data.point.y * 0.25;
}

int guest_main(int argument) {
  g_forest[0].link = &g_forest[1];
  g_forest[1].link = &g_forest[2];
  g_forest[2].link = &g_forest[0];
  struct Tree* tree = &g_forest[opaque(argument) % 3];
  for (int i = 0; i < 60; ++i, tree = tree->link) {
    grow(tree, opaque(i));
    tree->link->branches[0][1] = tree->branches[1][i & 1];
  }
  for (int t = 0; t < 3; ++t) {
    for (int b = 0; b < 4; ++b) {
      const struct Branch* const branch = &g_forest[t].branches[b >> 1][b & 1];
      for (int l = 0; l < 3; ++l)
        mix((uint32_t)branch->leaves[l].data.whole + branch->leaves[l].tag);
      mix64((uint64_t)branch->sum);
      mix_bytes(branch->info.name, 5);
      mix(branch->info.used);
    }
    mix_double(g_forest[t].weight);
  }
  return finish();
}
