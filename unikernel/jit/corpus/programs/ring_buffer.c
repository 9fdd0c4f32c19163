// A ring buffer with indices that wrap, as a queue between a writer and a reader.
#include "corpus.h"

struct Ring {
  uint8_t head, tail;
  uint16_t slots[16];
};

static int used(const struct Ring* ring) { return (uint8_t)(ring->head - ring->tail); }
static int put(struct Ring* ring, uint16_t value) {
  if (used(ring) == 16) return 0;
  ring->slots[ring->head++ & 15] = value;
  return 1;
}
static int get(struct Ring* ring, uint16_t* value) {
  if (used(ring) == 0) return 0;
  *value = ring->slots[ring->tail++ & 15];
  return 1;
}

int guest_main(int argument) {
  struct Ring ring = {250, 250, {0}};
  uint16_t written = 0, expected = 0, value;
  uint32_t refused = 0, empty = 0, state = (uint32_t)opaque(argument);
  for (int i = 0; i < 500; ++i) {
    uint32_t burst = next_random(&state) % 7;
    while (burst-- > 0) {
      if (put(&ring, written))
        ++written;
      else
        ++refused;
    }
    for (burst = next_random(&state) % 7; burst-- > 0;) {
      if (!get(&ring, &value))
        ++empty;
      else if (value != expected++)
        guest_exit(1);
    }
    mix((uint32_t)used(&ring));
  }
  mix(written);
  print_unsigned(refused);
  print(" refused, ");
  print_unsigned(empty);
  print(" empty\n");
  return finish();
}
