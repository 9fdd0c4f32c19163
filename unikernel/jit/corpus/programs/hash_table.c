// A hash table with linear probing, growth and removal, against a plain list.
#include "corpus.h"

enum { kLargest = 256, kEmpty = -1, kRemoved = -2 };
struct Table {
  int capacity, used, keys[kLargest], values[kLargest];
};
static struct Table g_table, g_other;

static void clear(struct Table* table, int capacity) {
  table->capacity = capacity;
  table->used = 0;
  for (int i = 0; i < capacity; ++i) table->keys[i] = kEmpty;
}
static int slot_of(const struct Table* table, int key) {
  uint32_t at = (uint32_t)key * 2654435761u % (uint32_t)table->capacity;
  int free_slot = -1;
  while (table->keys[at] != key) {
    if (table->keys[at] == kRemoved && free_slot < 0) free_slot = (int)at;
    if (table->keys[at] == kEmpty) return free_slot < 0 ? (int)at : free_slot;
    at = (at + 1) % (uint32_t)table->capacity;
  }
  return (int)at;
}
static void put(struct Table* table, int key, int value) {
  const int slot = slot_of(table, key);
  if (table->keys[slot] == kEmpty) ++table->used;
  table->keys[slot] = key;
  table->values[slot] = value;
  if (table->used * 4 < table->capacity * 3) return;
  g_other = *table;
  clear(table, table->capacity < kLargest ? table->capacity * 2 : kLargest);
  for (int i = 0; i < g_other.capacity; ++i) {
    if (g_other.keys[i] >= 0) put(table, g_other.keys[i], g_other.values[i]);
  }
}

int guest_main(int argument) {
  clear(&g_table, 8);
  int plain[64] = {0};
  uint32_t state = (uint32_t)argument;
  for (int i = 0; i < 400; ++i) {
    const int key = (int)(next_random(&state) % 64);
    if (i % 5 == 4) {
      const int slot = slot_of(&g_table, key);
      if (g_table.keys[slot] == key) g_table.keys[slot] = kRemoved;
      plain[key] = 0;
    } else {
      put(&g_table, key, i + 1);
      plain[key] = i + 1;
    }
    const int slot = slot_of(&g_table, i % 64);
    const int value = g_table.keys[slot] == i % 64 ? g_table.values[slot] : 0;
    if (value != plain[i % 64]) guest_exit(1);
    mix((uint32_t)value);
  }
  mix((uint32_t)g_table.capacity);
  return finish();
}
