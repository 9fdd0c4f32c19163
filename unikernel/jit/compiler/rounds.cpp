#include "compiler/rounds.h"

namespace jit {
namespace {

// What is gained by one more is less each time, and what is compiled is more.
constexpr uint32_t kMaxRounds = 8;
constexpr uint32_t kMaxAdded = 32;  // instructions

bool leads_to(const Body& body, BlockId from, BlockId to) {
  bool does = false;
  for_each_successor(body, from, [&](BlockId b) { does |= b == to; });
  return does;
}

}  // namespace

Rounds find_rounds(const Body& body, const Flow& flow, Span<const uint32_t> depth,
                   Span<const bool> heads, Span<const BlockCost> costs, const Debts& debts,
                   BlockId head) {
  const Rounds once = {head, head + 1, 1, 0};
  uint32_t size = 0, whole = 0, least = kNone;
  BlockId end = head;
  for (BlockId b = head; b < body.blocks.size && flow.reached(b); ++b) {
    // All of it lies together; behind it, one that is in as many loops begins another.
    if (depth[b] < depth[head] || (b != head && heads[b] && depth[b] == depth[head])) break;
    size += body.blocks[b].count;
    const bool is_inside = costs[b].is_plain && (b == head || !heads[b]);
    if (!is_inside || size > kMaxAdded || !flow.dominates(head, b)) return once;
    if (!leads_to(body, b, head)) continue;
    end = b + 1;
    whole = size;
    const uint32_t paid = debts.paid(b, costs[b]);
    if (paid < least) least = paid;
  }
  if (end == head || least == 0) return once;
  const uint32_t more = kMaxAdded / whole;
  return {head, end, more < kMaxRounds ? more + 1 : kMaxRounds, least};
}

}  // namespace jit
