// Walks that keep the pace of an arena without asking for it at every step.
#pragma once

#include "support/arena.h"

namespace jit {

/// Calls f(k) for each k below `count`, or until it gives false; then the result is false, too. For
/// all of it, as many steps are told as `for_16` for sixteen calls.
template <class F>
bool for_each_paced(const Arena& arena, uint32_t count, uint32_t for_16, const F& f) {
  constexpr uint32_t kAtOnce = 16;
  for (uint32_t k = 0; k < count;) {
    arena.step(for_16);
    const uint32_t end = count - k < kAtOnce ? count : k + kAtOnce;
    for (; k < end; ++k) {
      if (!f(k)) return false;
    }
  }
  return true;
}

}  // namespace jit
