// Bytes found by an index that is shifted by more than an address can scale: in loops that count
// it, by ones and by others, up and down, with other uses of the shifted index and with none.
#include "corpus.h"

static unsigned char bytes[64 * 32];

__attribute__((noinline)) static void fill(unsigned char* to, int count, unsigned seed) {
  for (int i = 0; i < count; ++i) {
    to[i << 4] = (unsigned char)(seed += 7);
    to[(i << 4) + 5] = (unsigned char)(seed ^ (unsigned)i);
  }
}

__attribute__((noinline)) static uint32_t sums(const unsigned char* from, int count) {
  uint32_t sum = 0;
  for (int i = count - 1; i >= 0; i -= 3) sum = sum * 31 + from[i << 5] + from[(i << 4) + 5];
  return sum;
}

__attribute__((noinline)) static uint32_t both(const unsigned char* from, const uint32_t* words,
                                               int count) {
  uint32_t sum = 0;
  for (int i = 0; i < count; ++i) {
    const int at = (i | 0) << 4;
    sum += from[at] ^ words[i] ^ (uint32_t)at;
    if ((sum & 3) == 0) sum += from[(i + 1) << 4];
  }
  return sum;
}

__attribute__((noinline)) static uint32_t by_fours(const unsigned char* from, int count) {
  uint32_t sum = 1;
  for (int i = 0; i < count; i += 4) {
    for (int k = 0; k < 4; ++k) sum = (sum << 3 | sum >> 29) + from[(i | k) << 5];
  }
  return sum;
}

int guest_main(int argument) {
  uint32_t words[64];
  for (uint32_t i = 0; i < 64; ++i) words[i] = i * 2654435761u;
  fill(bytes, opaque(64), (unsigned)argument);
  mix(sums(bytes, opaque(64)));
  mix(both(bytes, words, opaque(60)));
  mix(by_fours(bytes, opaque(64)));
  return finish();
}
