// Base64 there and back for all short lengths.
#include "corpus.h"

static const char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int encode(const uint8_t* from, int size, char* to) {
  int written = 0;
  for (int i = 0; i < size; i += 3) {
    uint32_t group = (uint32_t)from[i] << 16;
    if (i + 1 < size) group |= (uint32_t)from[i + 1] << 8;
    if (i + 2 < size) group |= from[i + 2];
    for (int digit = 0; digit < 4; ++digit) {
      to[written++] = i + digit > size ? '=' : kDigits[group >> (18 - 6 * digit) & 63];
    }
  }
  return written;
}
static int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}
static int decode(const char* from, int size, uint8_t* to) {
  int written = 0, bits = 0;
  uint32_t group = 0;
  for (int i = 0; i < size; ++i) {
    const int value = value_of(from[i]);
    if (value < 0) break;
    group = group << 6 | (uint32_t)value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    to[written++] = (uint8_t)(group >> bits);
  }
  return written;
}

int guest_main(int argument) {
  uint8_t bytes[40], back[40];
  char text[60];
  for (int i = 0; i < 40; ++i) bytes[i] = (uint8_t)(opaque(i) * 83 + argument);
  for (int size = 0; size < 40; ++size) {
    const int written = encode(bytes, size, text);
    mix_bytes(text, (size_t)written);
    if (decode(text, written, back) != size || memcmp(bytes, back, (size_t)size) != 0)
      guest_exit(1);
    if (size % 13 == 5) {
      guest_write(text, written);
      print("\n");
    }
  }
  return finish();
}
