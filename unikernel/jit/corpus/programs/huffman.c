// Huffman's codes: a tree from frequencies, text packed into bits and read back.
#include "corpus.h"

struct Node {
  uint32_t weight;
  int16_t left, right;
};
static struct Node g_nodes[64];
static uint32_t g_codes[32];
static uint8_t g_lengths[32], g_bits[256];
static const char kText[] = "in a hole in the ground there lived an interpreter of bits and pieces";

static int index_of(char c) { return c == ' ' ? 26 : c - 'a'; }
static void assign(int node, uint32_t code, uint8_t length) {
  if (g_nodes[node].left < 0) {
    g_codes[node] = code;
    g_lengths[node] = length;
    return;
  }
  assign(g_nodes[node].left, code << 1, (uint8_t)(length + 1));
  assign(g_nodes[node].right, code << 1 | 1, (uint8_t)(length + 1));
}
static int build(void) {
  uint64_t open = 0;
  int used = 27;
  for (int i = 0; i < 27; ++i) {
    g_nodes[i].left = g_nodes[i].right = -1;
    if (g_nodes[i].weight > 0) open |= 1ull << i;
  }
  while (open & (open - 1)) {
    int least[2];
    for (int k = 0; k < 2; ++k) {
      least[k] = -1;
      for (int i = 0; i < used; ++i) {
        if (!(open >> i & 1)) continue;
        if (least[k] < 0 || g_nodes[i].weight < g_nodes[least[k]].weight) least[k] = i;
      }
      open &= ~(1ull << least[k]);
    }
    g_nodes[used] = (struct Node){g_nodes[least[0]].weight + g_nodes[least[1]].weight,
                                  (int16_t)least[0], (int16_t)least[1]};
    open |= 1ull << used++;
  }
  return used - 1;
}

int guest_main(int argument) {
  for (const char* at = kText; *at; ++at) ++g_nodes[index_of(*at)].weight;
  g_nodes[4].weight += (uint32_t)opaque(argument);
  const int root = build();
  assign(root, 0, 0);
  uint32_t written = 0;
  for (const char* at = kText; *at; ++at) {
    const int i = index_of(*at);
    for (int bit = g_lengths[i]; bit-- > 0; ++written)
      g_bits[written / 8] |= (uint8_t)((g_codes[i] >> bit & 1) << written % 8);
  }
  print_unsigned(written);
  print(" bits: ");
  for (uint32_t read = 0; read < written;) {
    int node = root;
    while (g_nodes[node].left >= 0) {
      node = g_bits[read / 8] >> read % 8 & 1 ? g_nodes[node].right : g_nodes[node].left;
      ++read;
    }
    const char c = node == 26 ? ' ' : (char)('a' + node);
    guest_write(&c, 1);
  }
  print("\n");
  mix_bytes(g_bits, written / 8);
  return finish();
}
