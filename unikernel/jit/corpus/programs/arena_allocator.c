// A bump allocator and a free list over one array: alignment, exhaustion, reuse, merging of holes.
#include "corpus.h"

static _Alignas(16) unsigned char g_memory[1024];
struct Hole {
  uint32_t size;
  struct Hole* next;
};
static struct Hole* g_holes;

static void* take(uint32_t size) {
  size = (size + 15) & ~15u;
  for (struct Hole** at = &g_holes; *at; at = &(*at)->next) {
    struct Hole* const hole = *at;
    if (hole->size < size) continue;
    if (hole->size == size) {
      *at = hole->next;
    } else {
      struct Hole* const rest = (struct Hole*)(void*)((unsigned char*)hole + size);
      rest->size = hole->size - size;
      rest->next = hole->next;
      *at = rest;
    }
    return hole;
  }
  return 0;
}
static void give(void* block, uint32_t size) {
  size = (size + 15) & ~15u;
  struct Hole** at = &g_holes;
  while (*at && (void*)*at < block) at = &(*at)->next;
  struct Hole* hole = block;
  hole->size = size;
  hole->next = *at;
  *at = hole;
  for (struct Hole* h = g_holes; h && h->next;) {
    if ((unsigned char*)h + h->size == (unsigned char*)h->next) {
      h->size += h->next->size;
      h->next = h->next->next;
    } else {
      h = h->next;
    }
  }
}

int guest_main(int argument) {
  void* blocks[24] = {0};
  uint32_t sizes[24] = {0}, state = (uint32_t)argument;
  g_holes = (struct Hole*)(void*)g_memory;
  *g_holes = (struct Hole){sizeof g_memory, 0};
  for (int i = 0; i < 300; ++i) {
    const uint32_t which = next_random(&state) % 24;
    if (blocks[which]) {
      mix(*(unsigned char*)blocks[which]);
      give(blocks[which], sizes[which]);
      blocks[which] = 0;
    } else {
      sizes[which] = next_random(&state) % 90 + 1;
      blocks[which] = take(sizes[which]);
      mix(blocks[which] ? (uint32_t)((unsigned char*)blocks[which] - g_memory) : 9999);
      if (blocks[which]) memset(blocks[which], i, sizes[which]);
    }
  }
  for (int i = 0; i < 24; ++i) {
    if (blocks[i]) give(blocks[i], sizes[i]);
  }
  return g_holes->size == sizeof g_memory && !g_holes->next ? finish() : 1;
}
