// What every program may call without bringing it: the few functions of C that clang itself calls.
#pragma once

#include "interpreter/machine.h"

namespace jit {

/// memcpy, memmove, memset, memcmp, strlen.
Span<const Provided> runtime();

/// In the program's memory: memmove and memset. wild_access where a byte is not the program's; of
/// no bytes, any address is good.
Outcome move(State& state, uint32_t to, uint32_t from, uint32_t bytes);
Outcome fill(State& state, uint32_t to, uint32_t byte, uint32_t bytes);

}  // namespace jit
