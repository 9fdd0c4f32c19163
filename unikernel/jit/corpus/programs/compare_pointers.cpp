// Pointers compared and ordered within arrays, null ones, of functions, through void and const.
#include "corpus.h"

namespace {

struct Base {
  int value = 1;
};
struct Other {
  int value = 2;
};
struct Derived : Base, Other {
  int value = 3;
};

int g_cells[10];
int first(int x) { return x + 1; }
int second(int x) { return x - 1; }

uint32_t relations(const int* a, const int* b) {
  return (a == b) + 2u * (a != b) + 4u * (a < b) + 8u * (a <= b) + 16u * (a > b) + 32u * (a >= b);
}
bool within(const void* at, const int* begin, const int* end) { return at >= begin && at < end; }

}  // namespace

extern "C" int guest_main(int argument) {
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j <= 10; ++j) mix(relations(g_cells + opaque(i), g_cells + opaque(j)));
    mix(within(g_cells + i, g_cells + argument, g_cells + 7));
  }
  int* const none = opaque(0) ? g_cells : nullptr;
  mix((none == nullptr) + 2u * !none + 4u * (none == g_cells));
  int (*const one)(int) = opaque(1) ? first : second;
  mix((one == first) + 2u * (one == second) + 4u * (one != nullptr));
  Derived derived;
  Base* const base = &derived;
  Other* const other = &derived;
  mix((base == &derived) + 2u * (other == &derived) +
      4u * (static_cast<void*>(base) == static_cast<void*>(other)));
  mix(static_cast<uint32_t>(base->value * 100 + other->value * 10 + derived.value));
  const int* least = g_cells + 9;
  for (int i = 9; i >= 0; i -= 2) {
    const int* const at = &g_cells[opaque(i)];
    least = at < least ? at : least;
  }
  mix(static_cast<uint32_t>(least - g_cells));
  return finish();
}
