// A function that changes more memory at each of its calls than can be kept twice while a version
// of it is tried, and one that changes as much as can.
#include "corpus.h"

static unsigned char g_wide[2304 * 1024];
static unsigned char g_narrow[256 * 1024];

__attribute__((noinline)) static uint32_t spread(unsigned char* bytes, uint32_t size, int value) {
  uint32_t sum = 0;
  memset(bytes, value, size);
  for (uint32_t k = 0; k < size; k += 4093) {
    sum = sum * 31 + bytes[k];
    bytes[k] = (unsigned char)(sum >> 5);
  }
  return sum;
}

int guest_main(int argument) {
  for (int call = 0; call < 48; ++call) {
    mix(spread(g_wide, sizeof g_wide, argument * call));
    mix_bytes(g_wide + call * 40960, 4);
  }
  for (int call = 0; call < 48; ++call) {
    mix(spread(g_narrow, sizeof g_narrow, argument + call));
    mix_bytes(g_narrow + call * 4096, 4);
  }
  return finish();
}
