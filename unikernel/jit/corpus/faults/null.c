// Reads where nothing is.
#include "corpus.h"
int guest_main(int argument) {
  volatile int* volatile nowhere = (volatile int*)(argument - 1);
  return *nowhere;
}
