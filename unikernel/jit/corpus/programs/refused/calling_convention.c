// Refused: a calling convention of its own, here fastcall, whose arguments are in registers.
#include "corpus.h"

__attribute__((fastcall, noinline)) int sum(int a, int b) { return opaque(a) + b; }

int guest_main(int argument) { return sum(argument, 5); }
