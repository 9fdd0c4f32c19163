// Dynamic programming: knapsack, change, longest increasing run, matrix chains, partitions.
#include "corpus.h"

static int knapsack(const int* weights, const int* values, int count, int limit) {
  int best[101] = {0};
  for (int i = 0; i < count; ++i) {
    for (int w = limit; w >= weights[i]; --w) {
      const int with = best[w - weights[i]] + values[i];
      if (with > best[w]) best[w] = with;
    }
  }
  return best[limit];
}
static uint64_t ways_to_change(int amount) {
  static const int kCoins[] = {1, 2, 5, 10, 20, 50};
  uint64_t ways[301] = {1};
  for (size_t i = 0; i < COUNT(kCoins); ++i) {
    for (int a = kCoins[i]; a <= amount; ++a) ways[a] += ways[a - kCoins[i]];
  }
  return ways[amount];
}
static int increasing(const int* values, int count) {
  int tails[32], length = 0;
  for (int i = 0; i < count; ++i) {
    int at = 0;
    while (at < length && tails[at] < values[i]) ++at;
    tails[at] = values[i];
    if (at == length) ++length;
  }
  return length;
}
static uint32_t chain(const int* sizes, int count) {
  uint32_t cost[12][12] = {{0}};
  for (int length = 2; length <= count; ++length) {
    for (int i = 0; i + length <= count; ++i) {
      uint32_t best = UINT32_MAX;
      for (int k = i + 1; k < i + length; ++k) {
        const uint32_t total =
            cost[i][k] + cost[k][i + length] + (uint32_t)(sizes[i] * sizes[k] * sizes[i + length]);
        if (total < best) best = total;
      }
      cost[i][i + length] = best;
    }
  }
  return cost[0][count];
}

int guest_main(int argument) {
  int weights[20], values[20];
  for (int round = 0; round < 8; ++round) {
    uint32_t state = (uint32_t)(round + argument);
    for (int i = 0; i < 20; ++i) {
      weights[i] = (int)(next_random(&state) % 30) + 1;
      values[i] = (int)(next_random(&state) % 100);
    }
    mix((uint32_t)knapsack(weights, values, 20, opaque(100)));
    mix((uint32_t)increasing(values, opaque(20)));
    mix(chain(weights, opaque(10)));
    mix64(ways_to_change(opaque(300) - round));
  }
  return finish();
}
