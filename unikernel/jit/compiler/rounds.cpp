#include "compiler/rounds.h"

namespace jit {
namespace {

// What is gained by one more is less each time, and what is compiled is more.
constexpr uint32_t kMaxRounds = 8;
constexpr uint32_t kMaxAdded = 32;  // instructions

/// Whether it leads to one of `first` and those behind it, before `end`.
bool leads_into(const Body& body, BlockId from, BlockId first, BlockId end) {
  bool does = false;
  for_each_successor(body, from, [&](BlockId b) { does |= b >= first && b < end; });
  return does;
}

}  // namespace

Rounds find_rounds(const Body& body, const Flow& flow, Span<const uint32_t> depth,
                   Span<const bool> heads, Span<const BlockCost> costs, const Debts& debts,
                   BlockId head, uint32_t room) {
  const Rounds once = {head, head + 1, 1, 0};
  uint32_t size = 0, whole = 0, least = kNone;
  BlockId end = head;
  for (BlockId b = head; b < body.blocks.size && flow.reached(b); ++b) {
    // All of it lies together; behind it, one that is in as many loops begins another.
    if (depth[b] < depth[head] || (b != head && heads[b] && depth[b] == depth[head])) break;
    size += body.blocks[b].count;
    const bool is_inside = costs[b].is_plain && (b == head || !heads[b]);
    if (!is_inside || size > kMaxAdded || !flow.dominates(head, b)) return once;
    if (!leads_into(body, b, head, head + 1)) continue;
    end = b + 1;
    whole = size;
    const uint32_t paid = debts.paid(b, costs[b]);
    if (paid < least) least = paid;
  }
  if (end == head || least == 0) return once;
  // Who ends a round leaves it unpaid: it must not go on in the same round as well.
  for (BlockId b = head; b < end; ++b) {
    if (leads_into(body, b, head, head + 1) && leads_into(body, b, head + 1, end)) return once;
  }
  const uint32_t more = (room < kMaxAdded ? room : kMaxAdded) / whole;
  return {head, end, more < kMaxRounds ? more + 1 : kMaxRounds, least};
}

}  // namespace jit
