// Ends in a division by zero.
#include "corpus.h"
int guest_main(int argument) {
  volatile int zero = argument - argument;
  return 7 / zero;
}
