// The towers of Hanoi: recursion with stacks in memory, every move checked.
// Argument: 10
#include "corpus.h"

struct Tower {
  int height;
  int discs[32];
};

static struct Tower g_towers[3];
static uint32_t g_moves;

static void move_one(int from, int to) {
  struct Tower* source = &g_towers[from];
  struct Tower* target = &g_towers[to];
  const int disc = source->discs[--source->height];
  if (target->height > 0 && target->discs[target->height - 1] < disc) guest_exit(1);
  target->discs[target->height++] = disc;
  mix((uint32_t)(disc * 16 + from * 4 + to));
  ++g_moves;
}

static void move(int count, int from, int to) {
  if (count == 0) return;
  const int other = 3 - from - to;
  move(count - 1, from, other);
  move_one(from, to);
  move(count - 1, other, to);
}

int guest_main(int argument) {
  for (int disc = argument; disc > 0; --disc) g_towers[0].discs[g_towers[0].height++] = disc;
  move(argument, 0, 2);
  print_unsigned(g_moves);
  print(" moves\n");
  return finish();
}
