// Comes to its end: nothing of the programs before it is left.
#include "corpus.h"
__attribute__((noinline)) static int sum(int n) { return n == 0 ? 0 : n + sum(n - 1); }
int guest_main(int argument) { return 40 + argument + (sum(1000) == 500500); }
