// Functions that return functions, structures of functions by value, a chain of handlers.
#include "corpus.h"

typedef int (*Unary)(int);
typedef Unary (*Chooser)(int);
struct Operations {
  Unary forward, backward;
  int scale;
};
struct Handler {
  int (*handle)(struct Handler*, int);
  struct Handler* next;
  int limit;
};

static int increase(int x) { return x + 3; }
static int decrease(int x) { return x - 3; }
static int flip(int x) { return ~x; }
static Unary by_sign(int x) { return x < 0 ? increase : decrease; }
static Unary by_parity(int x) { return x & 1 ? flip : increase; }
static Chooser choose(int round) { return round % 3 ? by_sign : by_parity; }
static struct Operations operations(int kind) {
  const struct Operations all[] = {
      {increase, decrease, 2}, {decrease, increase, 5}, {flip, flip, 1}};
  return all[kind % 3];
}
static int reject(struct Handler* self, int value) {
  return self->next ? self->next->handle(self->next, value) : -1;
}
static int below(struct Handler* self, int value) {
  return value < self->limit ? value * self->limit : reject(self, value);
}

int guest_main(int argument) {
  int value = opaque(argument);
  struct Handler last = {below, 0, 30}, middle = {below, &last, 10}, first = {reject, &middle, 0};
  for (int i = 0; i < 60; ++i) {
    value = choose(opaque(i))(value)(value);
    const struct Operations chosen = operations(i);
    value = chosen.backward(chosen.forward(value) * chosen.scale) % 1000;
    mix((uint32_t)value);
    mix((uint32_t)first.handle(&first, opaque(i)));
  }
  return finish();
}
