// Disjoint sets, a minimal spanning tree by edges, and components of a random graph.
#include "corpus.h"

enum { kNodes = 40, kEdges = 120 };
static int g_parents[kNodes];
struct Edge {
  int from, to;
  uint32_t weight;
};

static int find(int node) {
  while (g_parents[node] >= 0) {
    const int parent = g_parents[node];
    if (g_parents[parent] >= 0) g_parents[node] = g_parents[parent];
    node = parent;
  }
  return node;
}
static int unite(int a, int b) {
  a = find(a);
  b = find(b);
  if (a == b) return 0;
  if (g_parents[a] > g_parents[b]) {
    const int kept = a;
    a = b;
    b = kept;
  }
  g_parents[a] += g_parents[b];
  g_parents[b] = a;
  return 1;
}

int guest_main(int argument) {
  struct Edge edges[kEdges];
  uint32_t state = (uint32_t)opaque(argument);
  for (int i = 0; i < kEdges; ++i) {
    edges[i] = (struct Edge){(int)(next_random(&state) % kNodes),
                             (int)(next_random(&state) % kNodes), next_random(&state) % 1000};
    for (int j = i; j > 0 && edges[j].weight < edges[j - 1].weight; --j) {
      const struct Edge kept = edges[j];
      edges[j] = edges[j - 1];
      edges[j - 1] = kept;
    }
  }
  for (int i = 0; i < kNodes; ++i) g_parents[i] = -1;
  uint32_t total = 0, used = 0;
  for (int i = 0; i < kEdges; ++i) {
    if (!unite(edges[i].from, edges[i].to)) continue;
    total += edges[i].weight;
    ++used;
    mix(edges[i].weight);
  }
  mix(total);
  print_unsigned(used);
  print(" edges\n");
  for (int i = 0; i < kNodes; ++i) mix((uint32_t)(find(i) * 100 - g_parents[find(i)]));
  return finish();
}
