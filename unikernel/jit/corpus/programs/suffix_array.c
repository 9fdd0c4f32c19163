// A suffix array with its common prefixes, the longest repeat, and the Burrows-Wheeler transform.
#include "corpus.h"

static const char kText[] =
    "she sells sea shells by the sea shore and the shells she sells are sea shells";
enum { kSize = sizeof kText };
static uint8_t g_order[kSize];

static int compare(int a, int b) {
  while (kText[a] && kText[a] == kText[b]) ++a, ++b;
  return (uint8_t)kText[a] - (uint8_t)kText[b];
}

int guest_main(int argument) {
  for (int i = 0; i < kSize; ++i) {
    int at = i;
    for (; at > 0 && compare(g_order[at - 1], i) > 0; --at) g_order[at] = g_order[at - 1];
    g_order[at] = (uint8_t)i;
  }
  int longest = 0, where = 0;
  for (int i = 1; i < kSize; ++i) {
    int length = 0;
    while (kText[g_order[i - 1] + length] &&
           kText[g_order[i - 1] + length] == kText[g_order[i] + length])
      ++length;
    if (length > longest) longest = length, where = g_order[i];
    mix((uint32_t)length);
  }
  guest_write(kText + where, longest);
  print("\n");
  char last[kSize], back[kSize];
  uint8_t counts[128] = {0}, starts[128], ranks[kSize];
  for (int i = 0; i < kSize; ++i) {
    last[i] = kText[(g_order[i] + kSize - opaque(argument)) % kSize];
    ranks[i] = counts[(uint8_t)last[i]]++;
  }
  for (int c = 0, sum = 0; c < 128; ++c) {
    starts[c] = (uint8_t)sum;
    sum += counts[c];
  }
  int at = 0;
  for (int i = kSize - 1; i >= 0; --i) {
    back[(i + kSize - 1) % kSize] = last[at];
    at = starts[(uint8_t)last[at]] + ranks[at];
  }
  mix_bytes(last, kSize);
  return memcmp(back, kText, kSize) == 0 ? finish() : 1;
}
