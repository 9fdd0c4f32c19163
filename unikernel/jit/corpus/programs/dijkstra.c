// Shortest paths: Dijkstra's, Bellman and Ford's, Floyd and Warshall's, all of one mind.
#include "corpus.h"

enum { kNodes = 16, kFar = 1000000 };
static int g_length[kNodes][kNodes];

static void dijkstra(int from, int distance[kNodes]) {
  uint32_t done = 0;
  for (int i = 0; i < kNodes; ++i) distance[i] = i == from ? 0 : kFar;
  for (int round = 0; round < kNodes; ++round) {
    int best = -1;
    for (int i = 0; i < kNodes; ++i) {
      if (!(done >> i & 1) && (best < 0 || distance[i] < distance[best])) best = i;
    }
    done |= 1u << best;
    for (int i = 0; i < kNodes; ++i) {
      const int through = distance[best] + g_length[best][i];
      if (through < distance[i]) distance[i] = through;
    }
  }
}
static void bellman_ford(int from, int distance[kNodes]) {
  for (int i = 0; i < kNodes; ++i) distance[i] = i == from ? 0 : kFar;
  for (int changed = 1; changed;) {
    changed = 0;
    for (int edge = 0; edge < kNodes * kNodes; ++edge) {
      const int a = edge / kNodes, b = edge % kNodes, through = distance[a] + g_length[a][b];
      if (through >= distance[b]) continue;
      distance[b] = through;
      changed = 1;
    }
  }
}

int guest_main(int argument) {
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < kNodes; ++i) {
    for (int j = 0; j < kNodes; ++j) {
      const uint32_t roll = next_random(&state);
      g_length[i][j] = i == j ? 0 : roll % 4 == 0 ? (int)(roll >> 4) % 90 + 1 : kFar;
    }
  }
  int first[kNodes][kNodes], second[kNodes];
  for (int from = 0; from < kNodes; ++from) {
    dijkstra(from, first[from]);
    bellman_ford(from, second);
    if (memcmp(first[from], second, sizeof second) != 0) guest_exit(1);
    for (int i = 0; i < kNodes; ++i) mix((uint32_t)second[i]);
  }
  for (int k = 0; k < kNodes; ++k) {
    for (int i = 0; i < kNodes; ++i) {
      for (int j = 0; j < kNodes; ++j) {
        const int through = g_length[i][k] + g_length[k][j];
        if (through < g_length[i][j]) g_length[i][j] = through;
      }
    }
  }
  return memcmp(first, g_length, sizeof first) == 0 ? finish() : 2;
}
