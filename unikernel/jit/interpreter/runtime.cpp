#include "interpreter/runtime.h"

namespace jit {
namespace {

Outcome move(State& state, uint32_t* a) {
  if (a[2] != 0) {
    uint8_t* const to = state.at(a[0], a[2]);
    const uint8_t* const from = state.at(a[1], a[2]);
    if (to == nullptr || from == nullptr) return Outcome::wild_access;
    __builtin_memmove(to, from, a[2]);
  }
  return Outcome::returned;
}

Outcome fill(State& state, uint32_t* a) {
  if (a[2] != 0) {
    uint8_t* const to = state.at(a[0], a[2]);
    if (to == nullptr) return Outcome::wild_access;
    __builtin_memset(to, static_cast<int>(a[1] & 0xFF), a[2]);
  }
  return Outcome::returned;
}

Outcome compare(State& state, uint32_t* a) {
  int difference = 0;
  if (a[2] != 0) {
    const uint8_t* const x = state.at(a[0], a[2]);
    const uint8_t* const y = state.at(a[1], a[2]);
    if (x == nullptr || y == nullptr) return Outcome::wild_access;
    for (uint32_t i = 0; i < a[2] && difference == 0; ++i) difference = x[i] - y[i];
  }
  a[0] = static_cast<uint32_t>(difference);
  return Outcome::returned;
}

Outcome length(State& state, uint32_t* a) {
  for (uint32_t count = 0;; ++count) {
    const uint8_t* const byte = state.at(a[0] + count, 1);
    if (byte == nullptr) return Outcome::wild_access;
    if (*byte == 0) {
      a[0] = count;
      return Outcome::returned;
    }
  }
}

constexpr Provided kRuntime[] = {
    {"memcpy", move}, {"memmove", move}, {"memset", fill}, {"memcmp", compare}, {"strlen", length},
};

}  // namespace

Span<const Provided> runtime() { return {kRuntime, sizeof kRuntime / sizeof *kRuntime}; }

}  // namespace jit
