// Refused: assembly beside the functions of a module.
#include "corpus.h"

__asm__(".globl elsewhere\nelsewhere: ret\n");

int guest_main(int argument) { return argument; }
