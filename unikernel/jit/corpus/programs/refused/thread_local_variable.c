// Refused: a thread_local variable.
#include "corpus.h"

_Thread_local int g_counter = 3;

int guest_main(int argument) { return g_counter += argument; }
