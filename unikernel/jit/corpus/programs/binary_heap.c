// A binary heap as a priority queue, and sorting with it.
#include "corpus.h"

struct Heap {
  int count;
  uint32_t keys[128];
};

static void push(struct Heap* heap, uint32_t key) {
  int at = heap->count++;
  while (at > 0 && heap->keys[(at - 1) / 2] > key) {
    heap->keys[at] = heap->keys[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  heap->keys[at] = key;
}
static uint32_t pop(struct Heap* heap) {
  const uint32_t top = heap->keys[0];
  const uint32_t last = heap->keys[--heap->count];
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child >= heap->count) break;
    if (child + 1 < heap->count && heap->keys[child + 1] < heap->keys[child]) ++child;
    if (heap->keys[child] >= last) break;
    heap->keys[at] = heap->keys[child];
    at = child;
  }
  heap->keys[at] = last;
  return top;
}

int guest_main(int argument) {
  struct Heap heap = {0};
  uint32_t state = (uint32_t)opaque(argument * 99), previous = 0;
  for (int i = 0; i < 100; ++i) push(&heap, next_random(&state) % 500);
  for (int i = 0; i < 50; ++i) {
    mix(pop(&heap));
    if (i % 3 == 0) push(&heap, next_random(&state) % 500);
  }
  while (heap.count > 0) {
    const uint32_t key = pop(&heap);
    if (key < previous) guest_exit(1);
    previous = key;
    mix(key);
  }
  return finish();
}
