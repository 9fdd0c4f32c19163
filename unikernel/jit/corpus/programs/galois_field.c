// Arithmetic in GF(2^8): products, logarithms, inverses, and a Reed-Solomon code that is checked.
#include "corpus.h"

static uint8_t g_exponents[510], g_logarithms[256];

static uint8_t slow_product(uint8_t a, uint8_t b) {
  uint8_t result = 0;
  for (; b; b >>= 1) {
    if (b & 1) result ^= a;
    a = (uint8_t)(a << 1 ^ (a & 0x80 ? 0x1d : 0));
  }
  return result;
}
static uint8_t product(uint8_t a, uint8_t b) {
  return a && b ? g_exponents[g_logarithms[a] + g_logarithms[b]] : 0;
}
static uint8_t inverse(uint8_t a) { return g_exponents[255 - g_logarithms[a]]; }
static uint8_t evaluate(const uint8_t* coefficients, int count, uint8_t x) {
  uint8_t value = 0;
  for (int i = 0; i < count; ++i) value = (uint8_t)(product(value, x) ^ coefficients[i]);
  return value;
}

int guest_main(int argument) {
  for (int i = 0, value = 1; i < 255; ++i, value = slow_product((uint8_t)value, 2)) {
    g_exponents[i] = g_exponents[i + 255] = (uint8_t)value;
    g_logarithms[value] = (uint8_t)i;
  }
  for (int a = 1; a < 256; a += 3) {
    for (int b = 0; b < 256; b += 17) {
      if (product((uint8_t)a, (uint8_t)b) != slow_product((uint8_t)opaque(a), (uint8_t)b))
        guest_exit(1);
    }
    if (product((uint8_t)a, inverse((uint8_t)a)) != 1) guest_exit(2);
    mix(inverse((uint8_t)a));
  }
  uint8_t message[24] = {0}, generator[9] = {1};
  for (int i = 0; i < 16; ++i) message[i] = (uint8_t)(opaque(i) * 29 + argument);
  for (int i = 0; i < 8; ++i) {
    for (int j = i + 1; j > 0; --j) generator[j] ^= product(generator[j - 1], g_exponents[i]);
  }
  uint8_t rest[24];
  __builtin_memcpy(rest, message, sizeof rest);
  for (int i = 0; i < 16; ++i) {
    for (int j = 8; j >= 0; --j) rest[i + j] ^= product(generator[j], rest[i]);
  }
  for (int i = 16; i < 24; ++i) message[i] = rest[i];
  for (int i = 0; i < 8; ++i) mix(evaluate(message, 24, g_exponents[i]));
  message[opaque(5)] ^= 0x40;
  for (int i = 0; i < 8; ++i) mix(evaluate(message, 24, g_exponents[i]));
  mix_bytes(message, sizeof message);
  return finish();
}
