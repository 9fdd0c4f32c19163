// Moves of the Towers of Hanoi with n discs.
#include "../module/module.h"

namespace {

uint32_t move(uint32_t discs, uint32_t from, uint32_t to) {
  if (discs == 0) return 0;
  const uint32_t other = 6 - from - to;
  return move(discs - 1, from, other) + 1 + move(discs - 1, other, to);
}

}  // namespace

uint32_t module_main(uint32_t n) { return move(n, 1, 3); }
