// Calls a function as if its result were another.
#include "corpus.h"
__attribute__((noinline)) static double half(int a) { return a / 2.0; }
int guest_main(int argument) {
  int (*volatile whole)(int) = (int (*)(int))(void (*)(void))half;
  return whole(argument);
}
