// Refused: x86_fp80, the type of long double.
#include "corpus.h"

int guest_main(int argument) {
  volatile long double value = argument;
  return (int)(value / 3);
}
