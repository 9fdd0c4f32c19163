// Structures with odd sizes, arrays of them, and copies by assignment of 1 to 33 bytes.
#include "corpus.h"

#define DEFINE(n)                                                               \
  struct Bytes##n {                                                             \
    uint8_t bytes[n];                                                           \
  };                                                                            \
  static struct Bytes##n turn##n(struct Bytes##n from) {                        \
    struct Bytes##n to;                                                         \
    for (int i = 0; i < n; ++i) to.bytes[i] = from.bytes[n - 1 - i];            \
    return to;                                                                  \
  }                                                                             \
  static void use##n(int seed) {                                                \
    struct Bytes##n array[3];                                                   \
    for (int i = 0; i < 3 * n; ++i) ((uint8_t*)array)[i] = (uint8_t)(i * seed); \
    array[opaque(0)] = turn##n(array[opaque(2)]);                               \
    array[1] = array[seed & 1 ? 0 : 2];                                         \
    mix_bytes(array, sizeof array);                                             \
  }

DEFINE(1)
DEFINE(3)
DEFINE(5)
DEFINE(7)
DEFINE(9)
DEFINE(13)
DEFINE(17)
DEFINE(33)

int guest_main(int argument) {
  static void (*const kUses[])(int) = {use1, use3, use5, use7, use9, use13, use17, use33};
  for (int i = 0; i < 24; ++i) kUses[opaque(i) % 8](i + argument);
  return finish();
}
