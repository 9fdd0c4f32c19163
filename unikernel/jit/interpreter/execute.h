// The interpreter's loop.
#pragma once

#include "interpreter/ops.h"
#include "interpreter/state.h"

namespace jit {

/// Addresses of the handlers, by Op: code is made of them. They belong to one loop.
const Cell* handlers_unchecked();
const Cell* handlers_checked();

/// Runs `code` in the frame that begins at `frame` (in state.slots), whose caller is nobody: behind
/// a return the program has ended. Its result, a word, is in state.status.
///
/// unchecked: addresses are the machine's own, and state.base is 0. checked: every access is held
/// against state.low and state.high.
Outcome execute_unchecked(State& state, const Cell* code, uint32_t* frame);
Outcome execute_checked(State& state, const Cell* code, uint32_t* frame);

}  // namespace jit
