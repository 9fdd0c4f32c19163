// A cache that forgets what was used longest ago: a doubly linked ring over an array.
#include "corpus.h"

enum { kRoom = 8 };
struct Entry {
  int key, value;
  uint8_t previous, next;
};
struct Cache {
  struct Entry entries[kRoom + 1];
  int used, hits, misses;
};

static void unlink(struct Cache* cache, uint8_t i) {
  struct Entry* const entry = &cache->entries[i];
  cache->entries[entry->previous].next = entry->next;
  cache->entries[entry->next].previous = entry->previous;
}
static void to_front(struct Cache* cache, uint8_t i) {
  struct Entry* const head = &cache->entries[0];
  cache->entries[i].previous = 0;
  cache->entries[i].next = head->next;
  cache->entries[head->next].previous = i;
  head->next = i;
}
static int get(struct Cache* cache, int key, int (*compute)(int)) {
  for (uint8_t i = cache->entries[0].next; i != 0; i = cache->entries[i].next) {
    if (cache->entries[i].key != key) continue;
    unlink(cache, i);
    to_front(cache, i);
    ++cache->hits;
    return cache->entries[i].value;
  }
  ++cache->misses;
  uint8_t i;
  if (cache->used < kRoom) {
    i = (uint8_t)++cache->used;
  } else {
    i = cache->entries[0].previous;
    unlink(cache, i);
  }
  cache->entries[i].key = key;
  cache->entries[i].value = compute(key);
  to_front(cache, i);
  return cache->entries[i].value;
}
static int compute(int key) { return key * key - 7 * key; }

int guest_main(int argument) {
  struct Cache cache = {.used = 0};
  uint32_t state = (uint32_t)opaque(argument);
  for (int i = 0; i < 300; ++i) {
    const int key = (int)(next_random(&state) % (i % 3 ? 6 : 20));
    const int value = get(&cache, key, compute);
    if (value != compute(key)) guest_exit(1);
    mix((uint32_t)value);
  }
  print_unsigned((uint32_t)cache.hits);
  print(" hits\n");
  mix((uint32_t)cache.misses);
  return finish();
}
