// Refused: inline assembly with an instruction.
#include "corpus.h"

int guest_main(int argument) {
  int result;
  __asm__("leal 1(%1), %0" : "=r"(result) : "r"(argument));
  return result;
}
