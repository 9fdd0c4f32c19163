#include "compiler/payments.h"

#include "interpreter/plan.h"

namespace jit {
namespace {

constexpr uint32_t kMaxSweeps = 16;

/// The points at which blocks begin and end, of which those that an edge connects are one. One more
/// stands for all where nothing is owed.
class Points {
 public:
  Points(uint32_t blocks, Arena& arena)
      : blocks_(blocks),
        leader_{arena.make<uint32_t>(2 * blocks + 1), 2 * blocks + 1},
        debts_{arena.make<uint32_t>(2 * blocks + 1), 2 * blocks + 1} {
    if (arena.exhausted()) return;
    for (uint32_t p = 0; p < leader_.size; ++p) leader_[p] = p;
  }

  [[nodiscard]] uint32_t begin_of(BlockId b) const { return b; }
  [[nodiscard]] uint32_t end_of(BlockId b) const { return blocks_ + b; }
  [[nodiscard]] uint32_t settled() const { return 2 * blocks_; }

  uint32_t find(uint32_t p) {
    while (leader_[p] != p) p = leader_[p] = leader_[leader_[p]];
    return p;
  }
  void unite(uint32_t a, uint32_t b) { leader_[find(a)] = find(b); }
  uint32_t& debt(uint32_t p) { return debts_[find(p)]; }
  void set_all(uint32_t debt) {
    for (uint32_t& d : debts_) d = debt;
  }

 private:
  uint32_t blocks_;
  Span<uint32_t> leader_, debts_;
};

void connect(const Body& body, const Flow& flow, Points& points, const Arena& pace) {
  points.unite(points.begin_of(0), points.settled());
  for (BlockId b = 0; b < body.blocks.size; ++b) {
    pace.step();
    if (!flow.reached(b)) continue;
    const Block& block = body.blocks[b];
    const Instruction& last = body.instructions[block.first + block.count - 1];
    const Successors all = successors_of(last);
    for (uint32_t k = 0; k < all.count; ++k) {
      if (k % 4 == 3) pace.step();
      const BlockId to = body.operands[last.first + all.first + k * all.step];
      points.unite(points.end_of(b), points.begin_of(to));
    }
    if (all.count == 0) points.unite(points.end_of(b), points.settled());
  }
}

/// Lowers debts to what a block that comes before leaves at least. true: none changed.
bool sweep(const Body& body, const Flow& flow, Span<const BlockCost> costs, Points& points,
           const Arena& pace) {
  bool done = true;
  for (BlockId b = 0; b < body.blocks.size; ++b) {
    if (b % 2 == 0) pace.step();
    if (!flow.reached(b)) continue;
    const BlockCost& cost = costs[b];
    const uint32_t before = cost.is_divided ? 0 : points.debt(points.begin_of(b));
    if (before == kNone) continue;
    const uint32_t after = before + (cost.is_divided ? cost.last : cost.first);
    uint32_t& debt = points.debt(points.end_of(b));
    if (after >= debt) continue;
    debt = after;
    done = false;
  }
  return done;
}

/// Each cycle without a call has an edge that does not lead on: where it begins, or where it ends,
/// what is paid is checked. So it is where functions return that are not small: many may, one after
/// the other.
void find_checks(const Body& body, const Flow& flow, Span<const BlockCost> costs, Debts& debts,
                 const Arena& pace) {
  bool all = false;
  uint64_t whole = 0;
  for (bool& checked : debts.checked) checked = false;
  for (const BlockCost& cost : costs) whole += uint64_t{cost.first} + cost.last;
  for (BlockId b = 0; b < body.blocks.size; ++b) {
    pace.step();
    if (!flow.reached(b)) continue;
    if (whole > kMostOwedByReturn) {
      bool leads_on = false;
      for_each_successor(body, b, [&](BlockId) { leads_on = true; });
      debts.checked[b] = !leads_on;
    }
    if (costs[b].is_divided) continue;
    for_each_successor(body, b, [&](BlockId to) {
      pace.step();
      if (to > b || costs[to].is_divided) return;
      if (debts.paid(b, costs[b]) > 0) {
        debts.checked[b] = true;
      } else if (debts.paid(to, costs[to]) > 0) {
        debts.checked[to] = true;
      } else {
        all = true;
      }
    });
  }
  if (!all) return;
  for (bool& checked : debts.checked) checked = true;
}

}  // namespace

bool find_debts(const Body& body, const Flow& flow, Span<const BlockCost> costs, Arena& arena,
                Debts& debts) {
  const uint32_t n = body.blocks.size;
  Points points(n, arena);
  debts.at_begin = {arena.make<uint32_t>(n), n};
  debts.at_end = {arena.make<uint32_t>(n), n};
  debts.checked = {arena.make<bool>(n), n};
  if (arena.exhausted()) return false;
  connect(body, flow, points, arena);
  points.set_all(kNone);
  points.debt(points.settled()) = 0;
  bool done = false;
  for (uint32_t s = 0; s < kMaxSweeps && !done; ++s) {
    done = sweep(body, flow, costs, points, arena);
  }
  for (BlockId b = 0; b < n; ++b) {
    if (b % 4 == 0) arena.step();
    const bool known = done && flow.reached(b);
    debts.at_begin[b] = known ? points.debt(points.begin_of(b)) : 0;
    debts.at_end[b] = known ? points.debt(points.end_of(b)) : 0;
  }
  find_checks(body, flow, costs, debts, arena);
  return true;
}

}  // namespace jit
