// What a call through a pointer must agree on with the function that it finds.
#pragma once

#include "ir/ir.h"

namespace jit {

/// Of a function type: the first type whose parameters stand in the same slots, and the first of
/// those whose result does, too. A caller that wants no result asks for the first alone.
struct Shape {
  TypeId parameters = kNone;
  TypeId whole = kNone;
};

}  // namespace jit
