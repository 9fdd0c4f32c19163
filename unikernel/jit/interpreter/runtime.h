// What every program may call without bringing it: the few functions of C that clang itself calls.
#pragma once

#include "interpreter/machine.h"

namespace jit {

/// memcpy, memmove, memset, memcmp, strlen.
Span<const Provided> runtime();

}  // namespace jit
