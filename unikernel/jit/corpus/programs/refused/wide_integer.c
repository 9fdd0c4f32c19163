// Refused: i128.
#include "corpus.h"

int guest_main(int argument) {
  volatile unsigned _BitInt(128) value = (unsigned _BitInt(128))(unsigned)argument;
  return (int)(value * value >> 3);
}
