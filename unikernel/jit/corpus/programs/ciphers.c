// Ciphers on words: XTEA, RC4, ChaCha's rounds, SipHash, with what they give back.
#include "corpus.h"

static void xtea(uint32_t v[2], const uint32_t key[4], int encrypt) {
  const uint32_t delta = 0x9e3779b9u;
  uint32_t sum = encrypt ? 0 : delta * 32;
  for (int i = 0; i < 32; ++i) {
    if (encrypt) {
      v[0] += (((v[1] << 4) ^ (v[1] >> 5)) + v[1]) ^ (sum + key[sum & 3]);
      sum += delta;
      v[1] += (((v[0] << 4) ^ (v[0] >> 5)) + v[0]) ^ (sum + key[sum >> 11 & 3]);
    } else {
      v[1] -= (((v[0] << 4) ^ (v[0] >> 5)) + v[0]) ^ (sum + key[sum >> 11 & 3]);
      sum -= delta;
      v[0] -= (((v[1] << 4) ^ (v[1] >> 5)) + v[1]) ^ (sum + key[sum & 3]);
    }
  }
}
static void rc4(const uint8_t* key, int size, uint8_t* data, int count) {
  uint8_t s[256];
  for (int i = 0; i < 256; ++i) s[i] = (uint8_t)i;
  for (int i = 0, j = 0; i < 256; ++i) {
    j = (j + s[i] + key[i % size]) & 255;
    const uint8_t kept = s[i];
    s[i] = s[j];
    s[j] = kept;
  }
  for (uint8_t i = 0, j = 0; count-- > 0; ++data) {
    j = (uint8_t)(j + s[++i]);
    const uint8_t kept = s[i];
    s[i] = s[j];
    s[j] = kept;
    *data ^= s[(uint8_t)(s[i] + s[j])];
  }
}
static void quarter(uint32_t* a, uint32_t* b, uint32_t* c, uint32_t* d) {
  *a += *b, *d = __builtin_rotateleft32(*d ^ *a, 16);
  *c += *d, *b = __builtin_rotateleft32(*b ^ *c, 12);
  *a += *b, *d = __builtin_rotateleft32(*d ^ *a, 8);
  *c += *d, *b = __builtin_rotateleft32(*b ^ *c, 7);
}
static uint64_t sip(const uint64_t* words, int count) {
  uint64_t a = 0x736f6d6570736575u, b = 0x646f72616e646f6du, c = 0x6c7967656e657261u,
           d = 0x7465646279746573u;
  for (int i = 0; i < count * 3; ++i) {
    if (i % 3 == 0) d ^= words[i / 3];
    a += b, b = b << 13 | b >> 51, b ^= a, a = a << 32 | a >> 32;
    c += d, d = d << 16 | d >> 48, d ^= c;
    a += d, d = d << 21 | d >> 43, d ^= a;
    c += b, b = b << 17 | b >> 47, b ^= c, c = c << 32 | c >> 32;
    if (i % 3 == 2) a ^= words[i / 3];
  }
  return a ^ b ^ c ^ d;
}

int guest_main(int argument) {
  const uint32_t key[4] = {1, 0x23456789u, 0xabcdef01u, (uint32_t)opaque(argument)};
  uint32_t v[2] = {0x41424344u, 0x45464748u};
  xtea(v, key, 1);
  mix(v[0] ^ v[1]);
  xtea(v, key, 0);
  if (v[0] != 0x41424344u || v[1] != 0x45464748u) guest_exit(1);
  uint8_t data[40] = "a text of forty bytes to be hidden";
  rc4((const uint8_t*)"Key", 3, data, 40);
  mix_bytes(data, 40);
  rc4((const uint8_t*)"Key", 3, data, 40);
  print((const char*)data);
  print("\n");
  uint32_t state[16];
  for (uint32_t i = 0; i < 16; ++i) state[i] = i * 0x01234567u + key[i & 3];
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 4; ++i) quarter(state + i, state + 4 + i, state + 8 + i, state + 12 + i);
    for (int i = 0; i < 4; ++i)
      quarter(state + i, state + 4 + (i + 1) % 4, state + 8 + (i + 2) % 4,
              state + 12 + (i + 3) % 4);
  }
  for (int i = 0; i < 16; ++i) mix(state[i]);
  const uint64_t words[] = {0x0706050403020100u, 0x0f0e0d0c0b0a0908u, (uint64_t)opaque64(1) << 63};
  for (int count = 0; count <= 3; ++count) mix64(sip(words, count));
  return finish();
}
