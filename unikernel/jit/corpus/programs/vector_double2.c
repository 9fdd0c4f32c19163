// Vectors of two doubles and of two 64-bit integers, with conversions between them.
#include "corpus.h"

typedef double Double2 __attribute__((vector_size(16)));
typedef int64_t Long2 __attribute__((vector_size(16)));

static Double2 complex_product(Double2 a, Double2 b) {
  const Double2 turned = {-a[1], a[0]};
  return a * b[0] + turned * b[1];
}

int guest_main(int argument) {
  Double2 point = {opaque_double(0.6), 0.8};
  Long2 state = {argument, -1};
  for (int i = 0; i < 50; ++i) {
    point = complex_product(point, (Double2){0.96, 0.28});
    mix_double(point[0]);
    mix_double(point[1]);
    const Long2 order = point < (Double2){point[1], point[0]};
    mix64((uint64_t)order[0] ^ (uint64_t)order[1] << 1);
    state = (state << 3) + (state >> 7) + order + 12345;
    mix64((uint64_t)(state[0] & ~state[1]));
    mix64((uint64_t)state[0] - (uint64_t)state[1]);
    const Double2 wide = __builtin_convertvector(state >> 20, Double2);
    mix_double(wide[0] + wide[1]);
    const Double2 chosen = (Double2)(((Long2)point & order) | ((Long2)wide & ~order));
    mix_double(chosen[opaque(i) & 1]);
  }
  return finish();
}
