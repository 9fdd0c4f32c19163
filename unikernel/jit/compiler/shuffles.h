// Which instruction of SSE2 puts lanes where a mask wants them.
#pragma once

#include "compiler/x86.h"

namespace jit {

/// How a shuffle is made.
struct Shuffle {
  x86_32::Code code = 0;  // 0: no single instruction makes it
  uint8_t control = 0;
  bool has_control = false;
  bool exchanged = false;  // of the second operand and the first
  bool single = false;     // of one operand alone
};
/// Of two vectors of 128 bits with so many lanes: `mask` has the number of each lane of the result,
/// those of the second vector behind those of the first.
Shuffle find_shuffle(const uint32_t* mask, uint32_t lanes);

}  // namespace jit
