// Addresses: differences, comparisons, negative indices, walks of structures, integers and back.
#include "corpus.h"

struct Item {
  int key;
  char tag;
  double weight;
};
static struct Item g_items[20];

static struct Item* middle(struct Item* first, struct Item* last) {
  return first + (last - first) / 2;
}
static struct Item* of_weight(double* weight) {
  return (struct Item*)(void*)((char*)weight - offsetof(struct Item, weight));
}

int guest_main(int argument) {
  struct Item* const end = g_items + COUNT(g_items);
  for (struct Item* at = g_items; at != end; ++at) {
    at->key = (int)(at - g_items) * 3 + argument;
    at->weight = at->key / 4.0;
    at->tag = (char)('a' + (at - g_items));
  }
  struct Item* low = g_items;
  struct Item* high = end;
  const int wanted = opaque(31);
  while (low < high) {
    struct Item* const at = middle(low, high);
    if (at->key < wanted)
      low = at + 1;
    else
      high = at;
    mix((uint32_t)(high - low));
  }
  mix((uint32_t)(low - g_items));
  for (struct Item* at = end; at-- > g_items;) mix((uint8_t)at->tag);
  mix((uint32_t)end[opaque(-2)].key);
  mix((uint32_t)of_weight(&g_items[opaque(7)].weight)->key);
  const uintptr_t number = (uintptr_t)&g_items[5];
  mix((uint32_t)((struct Item*)(number + sizeof(struct Item)) - g_items));
  mix((uint32_t)((number & 3) == 0) + (uint32_t)((uintptr_t)end - number) / sizeof(struct Item));
  mix((uint32_t)sizeof(struct Item) * 256 + (uint32_t)offsetof(struct Item, weight));
  return finish();
}
