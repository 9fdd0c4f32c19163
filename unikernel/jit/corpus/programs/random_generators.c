// Pseudo-random generators of several kinds: xorshift, PCG, splitmix, lagged Fibonacci,
// Mersenne-like.
#include "corpus.h"

static uint32_t xorshift(uint32_t* s) {
  *s ^= *s << 13;
  *s ^= *s >> 17;
  return *s ^= *s << 5;
}
static uint64_t splitmix(uint64_t* s) {
  uint64_t z = *s += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
static uint32_t pcg(uint64_t* s) {
  const uint64_t old = *s;
  *s = old * 6364136223846793005u + 1442695040888963407u;
  const uint32_t mixed = (uint32_t)((old >> 18 ^ old) >> 27), by = (uint32_t)(old >> 59);
  return mixed >> by | mixed << (-by & 31);
}
static uint32_t lagged(uint32_t state[17], int* at) {
  *at = (*at + 1) % 17;
  return state[*at] += state[(*at + 5) % 17] << 9 | state[(*at + 5) % 17] >> 23;
}
static double uniform(uint64_t bits) { return (double)(bits >> 11) * 0x1p-53; }

int guest_main(int argument) {
  uint32_t a = (uint32_t)opaque(argument) + 6, lag[17];
  uint64_t b = a, c = (uint64_t)a << 32;
  int at = 0;
  for (int i = 0; i < 17; ++i) lag[i] = xorshift(&a);
  double mean = 0;
  uint32_t histogram[8] = {0};
  for (int i = 0; i < 400; ++i) {
    mix(xorshift(&a) ^ pcg(&c) ^ lagged(lag, &at));
    const double value = uniform(splitmix(&b));
    mean += value / 400;
    ++histogram[(int)(value * 8)];
  }
  mix_double(mean);
  for (int i = 0; i < 8; ++i) mix(histogram[i]);
  return finish();
}
