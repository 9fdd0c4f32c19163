// A function that is called the same way again and again, and says so each time: nobody may run a
// call of it twice.
#include "corpus.h"

static int g_calls;

__attribute__((noinline)) static int say(int value, int times) {
  for (int i = 0; i < times; ++i) value = value * 5 + 1;
  print_unsigned((uint32_t)++g_calls);
  print(value % 2 != 0 ? "! " : "? ");
  return value;
}

int guest_main(int argument) {
  int value = argument;
  for (int i = 0; i < 60; ++i) value = say(value & 0xFFFF, 3);
  mix((uint32_t)value);
  return finish();
}
