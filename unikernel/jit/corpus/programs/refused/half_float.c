// Refused: half, the type of _Float16.
#include "corpus.h"

int guest_main(int argument) {
  volatile _Float16 value = (_Float16)argument;
  return (int)(value * (_Float16)2);
}
