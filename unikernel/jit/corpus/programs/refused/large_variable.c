// A local variable of more than 256 MB.
#include "corpus.h"

int guest_main(int argument) {
  volatile char large[300 << 20];
  large[argument] = 1;
  return large[argument];
}
