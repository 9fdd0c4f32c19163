// Whether a call of a function can be tried: run twice, for it does nothing but compute and change
// the program's memory.
#pragma once

#include "interpreter/machine.h"

namespace jit {

/// The function, and all that it calls. It is read anew for that, and memory is taken from the
/// machine's scratch and given back. false: `why` says why not, or that it cannot be told.
bool is_alone(const Machine& machine, FunctionId id, Text& why);

}  // namespace jit
