// Refused: invoke and landingpad, of C++ exceptions.
// Flags: -fexceptions
#include "corpus.h"

struct Guard {
  ~Guard() { mix(1); }
};
__attribute__((noinline)) void may_throw(int value) {
  if (value > 1000) throw value;
}

extern "C" int guest_main(int argument) {
  try {
    const Guard guard;
    may_throw(opaque(argument));
  } catch (int caught) {
    return caught & 255;
  }
  return finish();
}
