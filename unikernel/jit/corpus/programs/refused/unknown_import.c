// Refused: a function that no guest has.
#include "corpus.h"

int elsewhere(int value);

int guest_main(int argument) { return elsewhere(argument); }
