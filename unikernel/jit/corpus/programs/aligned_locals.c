// Locals and globals with alignments of their own, and structures padded by them.
#include "corpus.h"

struct Padded {
  char a;
  _Alignas(16) int b;
  char c;
};
static _Alignas(64) char g_line[3];
static struct Padded g_padded[2] = {{1, 2, 3}, {4, 5, 6}};

__attribute__((noinline)) static uint32_t misalignment(const void* at, uintptr_t align) {
  return (uint32_t)((uintptr_t)at & (align - 1));
}
__attribute__((noinline)) static uint32_t inner(int depth) {
  _Alignas(32) int values[3] = {depth, depth + 1, depth + 2};
  char odd[3] = {1, 2, 3};
  _Alignas(16) double real = depth * 0.5;
  const uint32_t off =
      misalignment(values, 32) + misalignment(&real, 16) + misalignment(g_line, 64);
  const uint32_t below = depth > 0 ? inner(depth - 1) : 0;
  return off + below * 3 + (uint32_t)values[depth % 3] + (uint32_t)odd[depth % 3] + (uint32_t)real;
}

int guest_main(int argument) {
  mix(inner(opaque(20)));
  mix((uint32_t)sizeof(struct Padded) * 100 + (uint32_t)_Alignof(struct Padded));
  struct Padded copy = g_padded[opaque(argument) & 1];
  copy.b += 10;
  mix(misalignment(&copy, 16));
  mix((uint32_t)(copy.a + copy.b + copy.c));
  mix(misalignment(g_padded, 16));
  return finish();
}
