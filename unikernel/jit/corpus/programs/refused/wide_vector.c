// Refused: a vector of 4,096 bits.
#include "corpus.h"

typedef int32_t Int128 __attribute__((vector_size(512)));
static Int128 g_vector = {1, 2, 3, 4, 5, 6, 7, 8};

int guest_main(int argument) {
  volatile Int128 vector = g_vector * argument;
  const Int128 copy = vector;
  return copy[opaque(3)];
}
