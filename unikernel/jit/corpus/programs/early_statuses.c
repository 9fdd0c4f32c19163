// The status is the result's low byte: a large and a negative one are cut.
#include "corpus.h"

static int status_of(int value) { return value < 0 ? -value * 3 : value - 1000; }

int guest_main(int argument) {
  print("the status is cut to eight bits\n");
  return status_of(opaque(-99999)) * (argument + 6) - 2147480000;
}
