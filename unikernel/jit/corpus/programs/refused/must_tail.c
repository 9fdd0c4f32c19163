// Refused: a call marked musttail.
#include "corpus.h"

__attribute__((noinline)) static int count(int argument) {
  if (argument <= 0) return opaque(7);
  __attribute__((musttail)) return count(argument - 1);
}

int guest_main(int argument) { return count(opaque(argument)); }
