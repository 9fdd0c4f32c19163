// Refused: a vector of 256 bits.
#include "corpus.h"

typedef int32_t Int8 __attribute__((vector_size(32)));
static Int8 g_vector = {1, 2, 3, 4, 5, 6, 7, 8};

int guest_main(int argument) {
  volatile Int8 vector = g_vector * argument;
  const Int8 copy = vector;
  return copy[opaque(3)];
}
