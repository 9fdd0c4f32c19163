// A dense switch, with fall-through, shared labels and a default in the middle.
#include "corpus.h"

static uint32_t step(int selector, uint32_t state) {
  switch (selector) {
    case 0:
      return state + 1;
    case 1:
      state ^= 0x55; /* fall through */
    case 2:
      return state * 3;
    case 3:
    case 4:
    case 5:
      return state << (selector - 2);
    default:
      return ~state;
    case 6:
      return state >> 1;
    case 7:
      return state - 77;
    case 8:
      state += 5; /* fall through */
    case 9:
      state *= 5; /* fall through */
    case 10:
      state ^= state >> 7;
      break;
    case 12:
      return state | 0x100;
    case 13:
      return state & 0xffff;
    case 14:
      return state % 1009;
    case 15:
      return (uint32_t)selector;
  }
  return state + 11;
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)argument;
  for (int i = -3; i < 200; ++i) {
    state = step(opaque(i) % 19, state);
    mix(state);
  }
  return finish();
}
