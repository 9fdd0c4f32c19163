// What SSE2 does with two vectors in one instruction, and the IR knows by name.
#pragma once

#include "compiler/x86.h"
#include "ir/opcodes.h"

namespace jit {

struct PackedCall {
  x86_32::Code code = 0;  // 0: none of these
  bool commutes = false;  // its operands may change places
  bool one_lane = false;  // of the first lane alone: less than a vector is read from memory
};

/// What a call of `which` is made with.
PackedCall packed_call(Intrinsic which);

}  // namespace jit
