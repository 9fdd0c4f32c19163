// SHA-256 of texts of many lengths, the first against its known value.
#include "corpus.h"

static uint32_t g_constants[64], g_start[8];

static uint32_t right(uint32_t v, int by) { return v >> by | v << (32 - by); }
// The first 32 bits of the fractional part of a prime's square or cube root.
static uint32_t root_bits(uint32_t prime, int cube) {
  uint64_t low = 0, high = 1ull << 37;
  while (low + 1 < high) {
    const uint64_t middle = (low + high) / 2;
    const double root = (double)middle * 0x1p-32;
    if (root * root * (cube ? root : 1) < prime)
      low = middle;
    else
      high = middle;
  }
  return (uint32_t)low;
}
static void compress(uint32_t h[8], const uint8_t* block) {
  uint32_t w[64], s[8];
  for (int i = 0; i < 16; ++i)
    w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
           (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
  for (int i = 16; i < 64; ++i) {
    w[i] = w[i - 16] + w[i - 7] + (right(w[i - 15], 7) ^ right(w[i - 15], 18) ^ w[i - 15] >> 3) +
           (right(w[i - 2], 17) ^ right(w[i - 2], 19) ^ w[i - 2] >> 10);
  }
  for (int i = 0; i < 8; ++i) s[i] = h[i];
  for (int i = 0; i < 64; ++i) {
    const uint32_t a = s[7] + (right(s[4], 6) ^ right(s[4], 11) ^ right(s[4], 25)) +
                       ((s[4] & s[5]) ^ (~s[4] & s[6])) + g_constants[i] + w[i];
    const uint32_t b = (right(s[0], 2) ^ right(s[0], 13) ^ right(s[0], 22)) +
                       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    for (int j = 7; j > 0; --j) s[j] = s[j - 1];
    s[4] += a;
    s[0] = a + b;
  }
  for (int i = 0; i < 8; ++i) h[i] += s[i];
}
// Of at most 55 bytes: one block.
static void digest(const uint8_t* bytes, uint32_t size, uint32_t h[8]) {
  uint8_t block[64];
  __builtin_memcpy(h, g_start, sizeof g_start);
  memset(block, 0, 64);
  memcpy(block, bytes, size);
  block[size] = 0x80;
  const uint64_t bits = (uint64_t)size * 8;
  for (int i = 0; i < 8; ++i) block[56 + i] = (uint8_t)(bits >> (56 - 8 * i));
  compress(h, block);
}

int guest_main(int argument) {
  int found = 0;
  for (uint32_t n = 2; found < 64; ++n) {
    int prime = 1;
    for (uint32_t d = 2; d * d <= n; ++d) prime &= n % d != 0;
    if (!prime) continue;
    if (found < 8) g_start[found] = root_bits(n, 0);
    g_constants[found++] = root_bits(n, 1);
  }
  uint32_t h[8];
  digest((const uint8_t*)"abc", 3, h);
  for (int i = 0; i < 8; ++i) print_hex(h[i]);
  print("\n");
  uint8_t text[56];
  for (int i = 0; i < 56; ++i) text[i] = (uint8_t)(opaque(i) + argument);
  for (uint32_t size = 0; size < 56; size += 5) {
    digest(text, size, h);
    mix(h[0] ^ h[7]);
  }
  return finish();
}
