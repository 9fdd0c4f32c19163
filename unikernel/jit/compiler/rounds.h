// Loops whose code stands several times in a row.
//
// A loop pays for its fuel once a round, by two instructions, of which a small one has hardly more
// than those itself. Where its code stands several times, only the last pays, for all of them; who
// leaves an earlier one pays on the way out for the rounds that were run.
#pragma once

#include "compiler/payments.h"

namespace jit {

/// The blocks of a loop without others inside, and how often they stand there.
struct Rounds {
  BlockId begin = 0, end = 0;  // its head, and behind its last block
  uint32_t count = 1;
  uint32_t cost = 0;  // what each end of a round pays at least
};

/// Of the loop at `head`: all others have one round, and those of which a block leads both to the
/// head and to another of its blocks. `costs` of a block that must not stand twice are not
/// `is_plain`. At most `room` instructions are added.
Rounds find_rounds(const Body& body, const Flow& flow, Span<const uint32_t> depth,
                   Span<const bool> heads, Span<const BlockCost> costs, const Debts& debts,
                   BlockId head, uint32_t room);

}  // namespace jit
