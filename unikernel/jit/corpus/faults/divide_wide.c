// Ends in a division by zero of 64 bits.
#include "corpus.h"
int guest_main(int argument) {
  volatile uint64_t zero = (uint64_t)(argument - argument);
  return (int)(7u / zero);
}
