// Variables in the order in which they get registers.
#pragma once

#include "support/arena.h"

namespace jit {

/// One that may get a register.
struct Candidate {
  uint32_t priority;
  uint32_t variable;
};

/// Sorts `count` of them by priority, the highest first; those of one priority stay as they stand.
/// `room` is for as many, and the pace of `arena` is kept. Where they are then: `data` or `room`.
Candidate* sort_candidates(Candidate* data, Candidate* room, uint32_t count, const Arena& arena);

}  // namespace jit
