// The order in which the blocks of a function are laid out, and the loops around them.
#pragma once

#include "ir/flow.h"

namespace jit {

/// Reorders the blocks of `body`: a loop's lie together, and what leaves it comes behind. Fills
/// `depth` with the number of natural loops around each block, `heads` with whether a block that is
/// not before it leads there, and `flow` with who is reached and who dominates whom, all of the new
/// order. Blocks that cannot be reached come last. false: the arena is full, or the graph is too
/// intricate.
bool order_blocks(Body& body, Arena& arena, Span<uint32_t>& depth, Span<bool>& heads, Flow& flow);

}  // namespace jit
