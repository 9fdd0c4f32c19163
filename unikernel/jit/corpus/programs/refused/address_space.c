// Refused: a pointer into another address space, that of the segment register gs.
#include "corpus.h"

int guest_main(int argument) {
  return argument ? argument : *(__attribute__((address_space(256))) int*)(uintptr_t)opaque(16);
}
