// Refused: an intrinsic that is not in the table, the time stamp counter's.
#include "corpus.h"

int guest_main(int argument) { return argument + (int)(__builtin_readcyclecounter() & 1); }
