// Structures passed and returned by value: small ones, large ones, nested, with arrays inside.
#include "corpus.h"

struct Small {
  int16_t x, y;
};
struct Medium {
  int a;
  double b;
  char c;
};
struct Large {
  struct Small corner[4];
  struct Medium middle;
  int64_t sums[5];
};

static struct Small turn(struct Small s) { return (struct Small){(int16_t)-s.y, s.x}; }
static struct Medium widen(struct Small s, double weight) {
  struct Medium result = {s.x * s.y, weight * s.x, (char)('a' + s.y % 26)};
  return result;
}
static struct Large build(struct Large from, struct Medium m, int seed) {
  for (int i = 0; i < 4; ++i) from.corner[i] = turn(from.corner[(i + 1) % 4]);
  from.middle = m;
  for (int i = 0; i < 5; ++i) from.sums[i] += (int64_t)seed * (i + 1) * 100000007;
  return from;
}

int guest_main(int argument) {
  struct Large large = {.corner = {{1, 2}, {3, 4}, {5, 6}, {7, 8}}};
  struct Small small = {3, 11};
  for (int i = 0; i < 20; ++i) {
    small = turn((struct Small){(int16_t)(small.x + i), (int16_t)(small.y - argument)});
    large = build(large, widen((struct Small){small.x, (int16_t)(i + 3)}, 0.5 * i), opaque(i));
    mix((uint32_t)small.x << 16 ^ (uint32_t)small.y);
    mix((uint32_t)large.middle.a);
    mix_double(large.middle.b);
    mix((uint32_t)large.middle.c);
    mix64((uint64_t)large.sums[i % 5]);
    for (int j = 0; j < 4; ++j) mix((uint32_t)(large.corner[j].x - large.corner[j].y));
  }
  return finish();
}
