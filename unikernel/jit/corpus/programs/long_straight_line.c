// A function of 24,576 instructions without a branch, as generated code has them: what it takes to
// read it, to check it and to run it grows with it and no faster.
#include "corpus.h"

#define STEP(n) x = (x * 3u) ^ (n);
#define STEPS_4(n) STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3)
#define STEPS_16(n) STEPS_4(n) STEPS_4(n + 4) STEPS_4(n + 8) STEPS_4(n + 12)
#define STEPS_64(n) STEPS_16(n) STEPS_16(n + 16) STEPS_16(n + 32) STEPS_16(n + 48)
#define STEPS_256(n) STEPS_64(n) STEPS_64(n + 64) STEPS_64(n + 128) STEPS_64(n + 192)
#define STEPS_1024(n) STEPS_256(n) STEPS_256(n + 256) STEPS_256(n + 512) STEPS_256(n + 768)
#define STEPS_4096(n) STEPS_1024(n) STEPS_1024(n + 1024) STEPS_1024(n + 2048) STEPS_1024(n + 3072)

__attribute__((noinline)) static uint32_t straight(uint32_t x) {
  STEPS_4096(0)
  STEPS_4096(4096)
  STEPS_4096(8192)
  return x;
}

int guest_main(int argument) {
  mix(straight((uint32_t)argument));
  mix(straight(77));
  return finish();
}
