// Ends when its stack is used up by frames larger than a page.
#include "corpus.h"
__attribute__((noinline)) static int deeper(int n) {
  volatile char room[20000];
  room[n % 20000] = (char)n;
  return deeper(n + 1) + room[n % 20000];
}
int guest_main(int argument) { return deeper(argument); }
