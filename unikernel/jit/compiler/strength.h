// Addresses that x86 cannot compute in an instruction's operand are taken apart: base, one index
// that is scaled by 1, 2, 4 or 8, and products. A product of what a loop counts is not multiplied
// but counted, too ("strength reduction"); one of what does not change in the loop is computed
// outside.
#pragma once

#include "ir/flow.h"

namespace jit {

/// Rewrites getelementptrs of `body`, whose blocks order_blocks() has ordered. Those it makes say
/// their parts themselves (is_explicit()). false: the arena is full.
bool reduce_strength(const Module& module, Body& body, const Flow& flow, Span<const uint32_t> depth,
                     Arena& arena);

/// Rewrites addresses and comparisons of `body` with a number: where what a loop counts, p, has
/// become p + 128 already, p + 144 is 16 behind that, and p need not be kept. false: the arena is
/// full.
bool follow_moved(const Module& module, Body& body, Arena& arena);

/// Of an instruction that the program does not have: it is not counted.
/// A phi that is made is its Instruction::detail, a value that a loop counts, times its `subject`.
constexpr uint16_t kFlagMade = 1 << 15;

// A getelementptr that says its parts: the value at operand 0, an index behind it where kHasIndex,
// then the address of a global where kHasSymbol; `detail` is the offset, in bytes.
constexpr uint8_t kExplicitScale = 3, kHasIndex = 4, kHasSymbol = 8;
inline bool is_explicit(const Instruction& gep) { return gep.subject == kNone; }

}  // namespace jit
