// Loops that turn until a counter is a number that only the run knows: counters that go up and
// down, by one, by a power of two and by what is none, that are addresses, that begin behind their
// end and go around; with ways out beside the counter, and with turns that none may be left of.
#include "corpus.h"

#define NOINLINE __attribute__((noinline))

static uint32_t g_words[64];

static NOINLINE uint32_t up_by_one(uint32_t from, uint32_t to) {
  uint32_t sum = 1, before = 0;
  for (uint32_t i = from; i != to; ++i) {
    const uint32_t next = sum * 3 + before;  // of two turns
    before = sum;
    sum = next ^ g_words[i & 63];
  }
  return sum ^ before << 3;
}
static NOINLINE uint32_t down_by_one(uint32_t from, uint32_t to) {
  uint32_t sum = from;
  for (uint32_t i = from; i != to; --i) g_words[i & 63] = sum = sum * 5 + i;
  return sum;
}
// At least one turn: from equal to `to`, it goes around, and something else ends it.
static NOINLINE uint32_t at_least_once(uint32_t from, uint32_t to, uint32_t most) {
  uint32_t sum = 0, turns = 0, i = from;
  do {
    sum = (sum << 1 | sum >> 31) ^ g_words[i & 63];
    if (++turns == most) return sum + 1;
    ++i;
  } while (i != to);
  return sum + turns * 77;
}
static NOINLINE uint32_t by_four(uint32_t from, uint32_t to, uint32_t most) {
  uint32_t sum = 0, turns = 0;
  for (uint32_t i = from; i != to; i += 4) {
    if (turns++ == most) break;  // where `to` is not among its numbers
    sum = sum * 7 + i + g_words[(i + 1) & 63];
  }
  return sum ^ turns << 20;
}
static NOINLINE uint32_t down_by_eight(uint32_t from, uint32_t to, uint32_t most) {
  uint32_t sum = 0, turns = 0;
  for (uint32_t i = from; i != to; i -= 8) {
    if (turns++ == most) break;
    sum = sum * 11 + i;
  }
  return sum ^ turns << 20;
}
static NOINLINE uint32_t by_three(uint32_t from, uint32_t to, uint32_t most) {
  uint32_t sum = 0, turns = 0;
  for (uint32_t i = from; i != to && turns != most; i += 3, ++turns) sum = sum * 13 + i;
  return sum ^ turns << 20;
}
static NOINLINE uint32_t of_addresses(const uint32_t* at, const uint32_t* end) {
  uint32_t sum = 0;
  for (; at != end; ++at) sum = sum * 31 + *at;
  return sum;
}
static NOINLINE uint32_t of_pairs_down(const uint32_t* at, const uint32_t* end) {
  uint32_t sum = 0;
  while (at != end) {
    at -= 2;
    sum = (sum ^ at[0]) * 3 + at[1];
  }
  return sum;
}
// The number that ends it is asked for ahead of the turn's end, and what comes behind it counts,
// too.
static NOINLINE uint32_t in_the_middle(uint32_t to) {
  uint32_t sum = 0, i = 0;
  for (;;) {
    sum += g_words[i & 63] * 3;
    if (i == to) return sum;
    sum ^= sum >> 7;
    g_words[(i + 5) & 63] += sum;
    ++i;
  }
}
static NOINLINE uint64_t of_wide(uint64_t from, uint64_t to) {
  uint64_t sum = 0;
  for (uint64_t i = from; i != to; ++i) sum = sum * 17 + i;
  return sum;
}
// Floats in order: none may change places.
static NOINLINE float of_floats(const float* values, int count) {
  float sum = 0;
  for (int i = 0; i != count; ++i) sum += values[i] * 1.25f;
  return sum;
}
static NOINLINE uint32_t two_at_once(uint32_t rows, uint32_t columns) {
  uint32_t sum = 0;
  for (uint32_t r = 0; r != rows; ++r) {
    for (uint32_t c = 0; c != columns; ++c) sum = sum * 3 + g_words[(r * 7 + c) & 63];
  }
  return sum;
}

int guest_main(int argument) {
  (void)argument;
  static float floats[40];
  for (uint32_t i = 0; i < 64; ++i) g_words[i] = i * 2654435761u;
  for (uint32_t i = 0; i < 40; ++i) floats[i] = (float)i / 3.0f - 5.0f;
  for (uint32_t n = 0; n < 40; ++n) {
    const uint32_t far = 0xFFFFFFF0u + n;  // goes around
    mix(up_by_one(0, n));
    mix(up_by_one(0xFFFFFFF0u, far));
    mix(up_by_one(n, 40));
    mix(down_by_one(n, 0));
    mix(down_by_one(10, 10 - n));
    mix(at_least_once(n, n, 19 + n));
    mix(at_least_once(0, n + 1, 1000));
    mix(at_least_once(n, 40, 9));
    mix(by_four(0, 4 * n, 1000));
    mix(by_four(n, 40, 33));
    mix(by_four(0xFFFFFFF0u, 0xFFFFFFF0u + 4 * n, 1000));
    mix(down_by_eight(8 * n, 0, 1000));
    mix(down_by_eight(n, 16, 21));
    mix(by_three(0, 3 * n, 1000));
    mix(by_three(n, 41, 26));
    mix(of_addresses(g_words, g_words + n));
    mix(of_addresses(g_words + n, g_words + 40));
    mix(of_pairs_down(g_words + 64, g_words + 64 - 2 * (n & 31)));
    mix(in_the_middle(n));
    mix64(of_wide(0xFFFFFFFFull - 20, 0xFFFFFFFFull - 20 + n));
    mix_float(of_floats(floats, (int)n));
    mix(two_at_once(n & 7, n / 3));
  }
  return finish();
}
