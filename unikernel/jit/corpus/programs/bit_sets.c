// Sets as bits: unions, differences, iteration, subsets, ranks, a Gray code.
#include "corpus.h"

struct Set {
  uint64_t words[3];
};

static void add(struct Set* set, unsigned i) { set->words[i / 64] |= 1ull << i % 64; }
static int has(const struct Set* set, unsigned i) {
  return (int)(set->words[i / 64] >> i % 64 & 1);
}
static int count(const struct Set* set) {
  int total = 0;
  for (int i = 0; i < 3; ++i) total += __builtin_popcountll(set->words[i]);
  return total;
}
static struct Set both(struct Set a, struct Set b) {
  for (int i = 0; i < 3; ++i) a.words[i] &= b.words[i];
  return a;
}
static struct Set without(struct Set a, struct Set b) {
  for (int i = 0; i < 3; ++i) a.words[i] &= ~b.words[i];
  return a;
}
static int next(const struct Set* set, int after) {
  for (unsigned i = (unsigned)(after + 1); i < 192; i = (i | 63) + 1) {
    const uint64_t rest = set->words[i / 64] >> i % 64;
    if (rest) return (int)i + __builtin_ctzll(rest);
  }
  return -1;
}

int guest_main(int argument) {
  struct Set threes = {{0}}, squares = {{0}};
  for (unsigned i = 0; i < 192; i += 3) add(&threes, i);
  for (unsigned i = 0; i * i < 192; ++i) add(&squares, i * i);
  add(&squares, (unsigned)opaque(argument + 1));
  const struct Set common = both(threes, squares), rest = without(squares, threes);
  mix((uint32_t)(count(&common) * 1000 + count(&rest)));
  for (int i = next(&common, -1); i >= 0; i = next(&common, i)) mix((uint32_t)i);
  for (int i = next(&rest, -1); i >= 0; i = next(&rest, i))
    mix((uint32_t)(i * 2 + has(&squares, 100)));
  const uint32_t mask = (uint32_t)opaque(0x2d5);
  for (uint32_t subset = mask;; subset = (subset - 1) & mask) {
    mix(subset);
    if (subset == 0) break;
  }
  for (uint32_t i = 0; i < 40; ++i) mix(i ^ i >> 1);
  return finish();
}
