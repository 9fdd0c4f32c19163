// Bit-fields of all sizes, signed and unsigned, across units, and as counters that wrap.
#include "corpus.h"

struct Fields {
  unsigned a : 1;
  int b : 3;
  unsigned c : 7;
  int d : 13;
  unsigned e : 32;
  unsigned long long f : 33;
  long long g : 20;
  unsigned char h : 5;
  signed char i : 2;
};

static struct Fields g_fields = {1, -2, 100, -4000, 0xdeadbeefu, 0x1ffffffffu, -500000, 31, -1};

static void mix_fields(const struct Fields* fields) {
  mix(fields->a);
  mix((uint32_t)fields->b);
  mix(fields->c);
  mix((uint32_t)fields->d);
  mix(fields->e);
  mix64(fields->f);
  mix64((uint64_t)fields->g);
  mix(fields->h);
  mix((uint32_t)fields->i);
}

int guest_main(int argument) {
  mix_fields(&g_fields);
  struct Fields local = g_fields;
  for (int i = 0; i < 40; ++i) {
    local.a ^= 1u;
    local.b = (i + argument) % 4 - 2;
    local.c += 9u;
    local.d = local.d > 3000 ? -4096 : local.d + 123;
    local.e = local.e * 3u;
    local.f += 0x0fffffffu;
    local.g = -local.g / 2 + i;
    local.h = (unsigned char)((local.h + 1u) & 31u);
    local.i = (signed char)(i % 4 - 2);
    mix_fields(&local);
  }
  return finish();
}
