// A function of 24,000 instructions without a branch, as generated code has them: what it takes to
// read it, to check it and to run it grows with it and no faster.
#include "corpus.h"

#define STEP(n) x = (x * 3u) ^ (n);
#define STEPS_10(n)                                                                               \
  STEP(n)                                                                                         \
  STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5) STEP(n + 6) STEP(n + 7) STEP(n + 8) \
      STEP(n + 9)
#define STEPS_100(n)                                                                   \
  STEPS_10(n)                                                                          \
  STEPS_10(n + 10) STEPS_10(n + 20) STEPS_10(n + 30) STEPS_10(n + 40) STEPS_10(n + 50) \
      STEPS_10(n + 60) STEPS_10(n + 70) STEPS_10(n + 80) STEPS_10(n + 90)
#define STEPS_1000(n)                                                                            \
  STEPS_100(n)                                                                                   \
  STEPS_100(n + 100) STEPS_100(n + 200) STEPS_100(n + 300) STEPS_100(n + 400) STEPS_100(n + 500) \
      STEPS_100(n + 600) STEPS_100(n + 700) STEPS_100(n + 800) STEPS_100(n + 900)

__attribute__((noinline)) static uint32_t straight(uint32_t x) {
  STEPS_1000(0)
  STEPS_1000(1000) STEPS_1000(2000) STEPS_1000(3000) STEPS_1000(4000) STEPS_1000(5000)
      STEPS_1000(6000) STEPS_1000(7000) STEPS_1000(8000) STEPS_1000(9000) STEPS_1000(10000)
          STEPS_1000(11000) return x;
}

int guest_main(int argument) {
  mix(straight((uint32_t)argument));
  mix(straight(77));
  return finish();
}
