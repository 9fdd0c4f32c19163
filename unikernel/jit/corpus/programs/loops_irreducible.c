// Loops with two entries, by goto, and a jump into the middle of a switch in a loop.
#include "corpus.h"

static uint32_t two_entries(int start, int limit) {
  uint32_t sum = 0;
  int i = start;
  if (start & 1) goto second;
first:
  sum = sum * 5 + (uint32_t)i;
  i += 2;
second:
  sum ^= (uint32_t)i << (i & 7);
  ++i;
  if (i < limit) {
    if (sum & 4) goto second;
    goto first;
  }
  return sum;
}

// Duff's device.
static void copy(uint8_t* to, const uint8_t* from, int count) {
  int rounds = (count + 3) / 4;
  switch (count % 4) {
    case 0:
      do {
        *to++ = *from++; /* fall through */
        case 3:
          *to++ = *from++; /* fall through */
        case 2:
          *to++ = *from++; /* fall through */
        case 1:
          *to++ = *from++;
      } while (--rounds > 0);
  }
}

int guest_main(int argument) {
  for (int start = 0; start < 20; ++start) mix(two_entries(opaque(start), 60 + argument));
  uint8_t from[40], to[40];
  for (int i = 0; i < 40; ++i) from[i] = (uint8_t)(i * 7);
  for (int count = 1; count < 40; count += 3) {
    memset(to, 0xee, sizeof to);
    copy(to, from, opaque(count));
    mix_bytes(to, sizeof to);
  }
  return finish();
}
