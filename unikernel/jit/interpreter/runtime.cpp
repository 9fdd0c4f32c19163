#include "interpreter/runtime.h"

namespace jit {

Outcome move(State& state, uint32_t to, uint32_t from, uint32_t bytes) {
  if (bytes == 0) return Outcome::returned;
  uint8_t* const target = state.at(to, bytes);
  const uint8_t* const source = state.at(from, bytes);
  if (target == nullptr || source == nullptr) return Outcome::wild_access;
  __builtin_memmove(target, source, bytes);
  return Outcome::returned;
}

Outcome fill(State& state, uint32_t to, uint32_t byte, uint32_t bytes) {
  if (bytes == 0) return Outcome::returned;
  uint8_t* const target = state.at(to, bytes);
  if (target == nullptr) return Outcome::wild_access;
  __builtin_memset(target, static_cast<int>(byte & 0xFF), bytes);
  return Outcome::returned;
}

namespace {

Outcome move_import(State& state, uint32_t* a) { return move(state, a[0], a[1], a[2]); }
Outcome fill_import(State& state, uint32_t* a) { return fill(state, a[0], a[1], a[2]); }

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
    {"memcpy", move_import}, {"memmove", move_import}, {"memset", fill_import},
    {"memcmp", compare},     {"strlen", length},
};

}  // namespace

Span<const Provided> runtime() { return {kRuntime, sizeof kRuntime / sizeof *kRuntime}; }

}  // namespace jit
