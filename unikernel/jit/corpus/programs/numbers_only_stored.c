// Types that are not computed with, and have a place in memory all the same: long double, _Float16
// and integers of more than 64 bits, in unions, in structures that are copied, and as constants
// whose bytes are looked at.
#include "corpus.h"

union Buffer {
  char bytes[64];
  long double strictest;
};
static union Buffer first, second;

struct Mixed {
  char before;
  long double number;
  char behind;
};
static const long double kNumbers[] = {1.0L, -2.5L, 0.0L, 3.3621e-4932L, 1.1897e4932L};
static const struct Mixed kMixed = {'a', -1.0e100L, 'z'};
static const _Float16 kHalves[] = {1.0f16, -0.5f16, 65504.0f16};
struct Wide {
  unsigned _BitInt(100) positive;
  _BitInt(128) negative;
};
static const struct Wide kWide = {((unsigned _BitInt(100))1 << 99) + 77, -12345};

__attribute__((noinline)) static void mix_number(const void* number, size_t of, size_t bytes) {
  mix_bytes((const char*)number + of, bytes);
}
__attribute__((noinline)) static struct Mixed pass(struct Mixed given, int which) {
  given.behind = (char)(given.behind + which);
  return given;
}

int guest_main(int argument) {
  for (int i = 0; i < 64; ++i) first.bytes[i] = (char)(i * argument);
  second = first;
  memmove(second.bytes + 3, first.bytes, 40);
  mix_bytes(second.bytes, sizeof second.bytes);
  mix(sizeof(union Buffer));
  for (size_t i = 0; i < COUNT(kNumbers); ++i) mix_number(&kNumbers[i], 0, 10);
  struct Mixed mixed[2] = {pass(kMixed, argument), kMixed};
  for (size_t i = 0; i < 2; ++i) {
    mix((uint32_t)mixed[i].before);
    mix((uint32_t)mixed[i].behind);
    mix_number(&mixed[i], offsetof(struct Mixed, number), 10);
  }
  mix_number(kHalves, 0, sizeof kHalves);
  mix_number(&kWide.positive, 0, 12);
  mix_number(&kWide.negative, 0, 16);
  mix(sizeof(struct Mixed) + offsetof(struct Mixed, number));
  return finish();
}
