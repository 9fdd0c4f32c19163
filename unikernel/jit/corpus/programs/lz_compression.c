// A small LZ77: matches as (distance, length), packed and unpacked again.
#include "corpus.h"

static const char kText[] =
    "the kernel runs the tests, the tests run the kernel; the kernel of the tests is the test of "
    "the kernel. "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaabababababababababab";
static uint8_t g_packed[400];
static char g_unpacked[400];

static int pack(const char* from, int size, uint8_t* to) {
  int written = 0;
  for (int at = 0; at < size;) {
    int best = 0, distance = 0;
    for (int start = at > 255 ? at - 255 : 0; start < at; ++start) {
      int length = 0;
      while (at + length < size && length < 130 && from[start + length] == from[at + length])
        ++length;
      if (length > best) best = length, distance = at - start;
    }
    if (best >= 3) {
      to[written++] = (uint8_t)(0x80 | (best - 3));
      to[written++] = (uint8_t)distance;
      at += best;
    } else {
      to[written++] = (uint8_t)from[at++];
    }
  }
  return written;
}
static int unpack(const uint8_t* from, int size, char* to) {
  int written = 0;
  for (int at = 0; at < size;) {
    const uint8_t byte = from[at++];
    if (byte < 0x80) {
      to[written++] = (char)byte;
      continue;
    }
    const int distance = from[at++];
    for (int length = (byte & 0x7f) + 3; length > 0; --length, ++written)
      to[written] = to[written - distance];
  }
  return written;
}

int guest_main(int argument) {
  const int size = (int)sizeof kText - opaque(argument);
  const int packed = pack(kText, size, g_packed);
  const int unpacked = unpack(g_packed, packed, g_unpacked);
  if (unpacked != size || memcmp(kText, g_unpacked, (size_t)size) != 0) guest_exit(1);
  print_unsigned((uint32_t)size);
  print(" -> ");
  print_unsigned((uint32_t)packed);
  print("\n");
  mix_bytes(g_packed, (size_t)packed);
  return finish();
}
