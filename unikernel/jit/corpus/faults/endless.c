// Never ends by itself.
#include "corpus.h"
int guest_main(int argument) {
  volatile int n = argument;
  for (;;) n = n + 1;
}
