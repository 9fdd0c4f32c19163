// While compiling pauses, memory that is free is written over: what it still needs is not free.
#pragma once

#include "interpreter/state.h"
#include "support/arena.h"

namespace scribbling {

using jit::Arena;
using jit::Cell;
using jit::State;

inline Arena* scratch = nullptr;
inline void (*sample)(State& state, const Cell* ip) = nullptr;

/// From here on, behind each sample of `state`: 16 KB of what `arena` has left.
inline void begin(Arena& arena, State& state) {
  scratch = &arena;
  sample = state.sample;
  state.sample = [](State& of, const Cell* ip) {
    constexpr uint32_t kMost = 16 * 1024;
    sample(of, ip);
    const Arena::Mark mark = scratch->mark();
    const auto bytes = static_cast<uint32_t>(scratch->left() < kMost ? scratch->left() : kMost);
    __builtin_memset(scratch->make<char>(bytes), 0x5A, bytes);
    scratch->release(mark);
  };
}

}  // namespace scribbling
