// Ends when its stack is used up.
#include "corpus.h"
__attribute__((noinline)) static int deeper(int n) {
  volatile int here = n;
  return deeper(n + 1) + here;
}
int guest_main(int argument) { return deeper(argument); }
