// Aliases, weak definitions and hidden ones: several names of one function and one object.
#include "corpus.h"

int scaled(int value);
int scaled_too(int value) __attribute__((alias("scaled")));
int scaled(int value) { return value * 3 + 1; }

__attribute__((weak)) int replaceable(int value) { return value ^ 0x55; }
__attribute__((visibility("hidden"))) int hidden(int value) { return value - 9; }

int object[4] = {1, 2, 3, 4};
extern int object_too[4] __attribute__((alias("object")));
__attribute__((weak)) int weak_object = 77;
static int (*const kTable[])(int) = {scaled, scaled_too, replaceable, hidden};

int guest_main(int argument) {
  int value = opaque(argument);
  for (int i = 0; i < 32; ++i) {
    value = kTable[opaque(i) & 3](value) & 0xfffff;
    object_too[i & 3] += value;
    weak_object ^= object[i & 3];
    mix((uint32_t)(scaled_too(value) + hidden(weak_object)));
  }
  for (int i = 0; i < 4; ++i) mix((uint32_t)object[i]);
  return finish();
}
