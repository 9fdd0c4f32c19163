// Ends in the one quotient that does not fit.
#include "corpus.h"
int guest_main(int argument) {
  volatile int least = INT32_MIN, one = -argument;
  return least / one;
}
