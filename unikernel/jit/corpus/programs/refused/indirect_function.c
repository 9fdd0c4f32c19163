// Refused: ifunc, a symbol whose address a function chooses at start.
#include "corpus.h"

static int one(void) { return 1; }
static int (*choose(void))(void) { return one; }
int chosen(void) __attribute__((ifunc("choose")));

int guest_main(int argument) { return chosen() + argument; }
