// Refused: blockaddress and indirectbr.
#include "corpus.h"

int guest_main(int argument) {
  static const void* const kLabels[] = {&&even, &&odd};
  goto* kLabels[opaque(argument) & 1];
even:
  return 2;
odd:
  return 1;
}
