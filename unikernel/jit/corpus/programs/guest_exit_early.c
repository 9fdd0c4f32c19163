// A program that ends deep in its calls by guest_exit, not by returning.
#include "corpus.h"

static void descend(int depth) {
  mix((uint32_t)depth);
  if (depth == 13) {
    print("leaving from within\n");
    guest_exit(finish() ^ 1);
  }
  descend(depth + 1);
  print("never seen\n");
}

int guest_main(int argument) {
  descend(opaque(argument));
  return 0;
}
