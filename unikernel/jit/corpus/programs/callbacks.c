// Callbacks with context pointers, one calling another, and a visitor over a tree in an array.
#include "corpus.h"

typedef int (*Visitor)(void* context, int node, int depth);

static int visit(int node, int depth, int limit, Visitor visitor, void* context) {
  if (node >= limit) return 0;
  const int own = visitor(context, node, depth);
  const int left = visit(2 * node + 1, depth + 1, limit, visitor, context);
  return own + left + visit(2 * node + 2, depth + 1, limit, visitor, context);
}

struct Count {
  int by_depth[12];
  int total;
};
static int count_depth(void* context, int node, int depth) {
  struct Count* count = context;
  ++count->by_depth[depth];
  count->total += node;
  return 1;
}
struct Filter {
  Visitor inner;
  void* inner_context;
  int modulus;
};
static int only_some(void* context, int node, int depth) {
  const struct Filter* filter = context;
  return node % filter->modulus ? 0 : filter->inner(filter->inner_context, node, depth);
}

int guest_main(int argument) {
  struct Count all = {.total = argument};
  mix((uint32_t)visit(0, 0, opaque(500), count_depth, &all));
  for (int modulus = 2; modulus < 9; ++modulus) {
    struct Count some = {.total = 0};
    struct Filter filter = {count_depth, &some, opaque(modulus)};
    mix((uint32_t)visit(0, 0, 300, only_some, &filter));
    mix((uint32_t)some.total);
    for (int i = 0; i < 10; ++i) mix((uint32_t)some.by_depth[i]);
  }
  mix((uint32_t)all.total);
  return finish();
}
