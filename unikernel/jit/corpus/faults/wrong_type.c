// Calls a function as if it took something else.
#include "corpus.h"
__attribute__((noinline)) static int one(int a) { return a + 1; }
int guest_main(int argument) {
  int (*volatile two)(int, double) = (int (*)(int, double))(void (*)(void))one;
  return two(argument, 2.0);
}
