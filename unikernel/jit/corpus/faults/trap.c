// Asks to be ended.
#include "corpus.h"
int guest_main(int argument) {
  if (argument == 1) __builtin_trap();
  return 0;
}
