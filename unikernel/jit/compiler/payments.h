// Where a function pays for the instructions it runs, so that few blocks of a loop must.
//
// A block may leave what it costs unpaid, if all that can come next pays for it: each point between
// two blocks has a debt, the same on every way to it, and a block pays its own cost and the debt at
// its begin less the debt at its end. The counters of a graph's edges need no more than one place
// in each independent cycle (D. E. Knuth and F. R. Stevenson, "Optimal measurement points for
// program frequency counts", BIT 13, 1973). The debts here are the least costs of a way from where
// there is none: so no payment is negative, what is paid never exceeds what was run, and the
// shortest ways are free.
//
// What is left need not be looked at in each payment, only in one of each way that can be run again
// and again: in those of calls, of loops' ends, and of returns but for small functions.
#pragma once

#include "ir/flow.h"

namespace jit {

/// Instructions of one block. Calls divide it: what they call may be the end, so nothing is owed
/// when they begin or return.
struct BlockCost {
  bool is_divided = false;
  uint32_t first = 0;    // up to its first call, and with it; all, if it has none
  uint32_t last = 0;     // behind its last call
  bool is_plain = true;  // may stand several times in a row (rounds.h)
};

/// What is owed, by block. It is nothing where the function begins and ends.
struct Debts {
  Span<uint32_t> at_begin;
  Span<uint32_t> at_end;
  Span<bool> checked;  // what is paid at the block's end is held against what is left
  /// What a block pays at its end.
  [[nodiscard]] uint32_t paid(BlockId b, const BlockCost& cost) const {
    return (cost.is_divided ? cost.last : at_begin[b] + cost.first) - at_end[b];
  }
};

/// The debts of a body whose blocks cost `costs`, in an order in which a way that comes back to a
/// block goes backwards once. All are 0 where the graph is too intricate for least ones to be found
/// soon. false: the arena is full.
bool find_debts(const Body& body, const Flow& flow, Span<const BlockCost> costs, Arena& arena,
                Debts& debts);

}  // namespace jit
