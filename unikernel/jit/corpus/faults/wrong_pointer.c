// Calls what is no function.
#include "corpus.h"
int guest_main(int argument) {
  int (*volatile no_function)(int) = (int (*)(int))(argument * 64);
  return no_function(argument);
}
