#include "compiler/blocks.h"

namespace jit {
namespace {

class Ordering {
 public:
  Ordering(Body& body, Arena& arena, Flow& flow) : body_(body), arena_(arena), flow_(flow) {}

  bool run(Span<uint32_t>& depth, Span<bool>& heads) {
    const uint32_t n = body_.blocks.size;
    depth_ = {arena_.make<uint32_t>(n), n};
    mark_ = {arena_.make<uint32_t>(n), n};
    stack_ = {arena_.make<BlockId>(n), n};
    next_ = {arena_.make<uint32_t>(n), n};
    place_ = {arena_.make<BlockId>(n), n};
    if (arena_.exhausted() || find_flow(body_, arena_, flow_) != FlowResult::sound) return false;
    find_loops();
    find_places();
    if (!move_blocks()) return false;
    depth = depth_;
    heads = heads_;
    return true;
  }

 private:
  void find_loops() {
    const uint32_t n = body_.blocks.size;
    for (BlockId b = 0; b < n; ++b) {
      depth_[b] = 0;
      mark_[b] = kNone;
    }
    for (BlockId head = 0; head < n; ++head) {
      if (head % 4 == 0) arena_.step();
      if (!flow_.reached(head)) continue;
      uint32_t size = 0;
      const auto visit = [&](BlockId b) {
        if (mark_[b] == head || !flow_.reached(b)) return;
        mark_[b] = head;
        ++depth_[b];
        stack_[size++] = b;
      };
      for_each_predecessor(head, [&](BlockId p) {
        if (!flow_.reached(p) || !flow_.dominates(head, p)) return;
        visit(head);
        visit(p);
        while (size > 0) {
          const BlockId b = stack_[--size];
          arena_.step();
          if (b != head) for_each_predecessor(b, visit);  // the head's are not all inside
        }
      });
    }
  }

  template <class F>
  void for_each_predecessor(BlockId b, const F& f) const {
    for (uint32_t k = flow_.first_predecessor[b]; k < flow_.first_predecessor[b + 1]; ++k) {
      f(flow_.predecessors[k]);
    }
  }

  /// A reverse postorder in which what leaves a loop is visited first, and so comes last.
  void find_places() {
    const uint32_t n = body_.blocks.size;
    for (uint32_t& m : mark_) m = 0;
    uint32_t size = 1, free = 0;
    for (BlockId b = 0; b < n; ++b) free += flow_.reached(b) ? 1 : 0;
    uint32_t unreached = free;
    stack_[0] = 0;
    next_[0] = 0;
    mark_[0] = 1;
    while (size > 0) {
      const BlockId b = stack_[size - 1];
      arena_.step();
      const BlockId to = successor_of(b, next_[size - 1]++);
      if (to == kNone) {
        place_[b] = --free;
        --size;
      } else if (mark_[to] == 0) {
        mark_[to] = 1;
        stack_[size] = to;
        next_[size++] = 0;
      }
    }
    for (BlockId b = 0; b < n; ++b) {
      if (!flow_.reached(b)) place_[b] = unreached++;
    }
  }

  /// The k-th to visit: of two, the one in fewer loops, or the later one, first.
  [[nodiscard]] BlockId successor_of(BlockId b, uint32_t k) const {
    const BlockId* const all = flow_.successors + flow_.first_successor[b];
    const uint32_t count = flow_.first_successor[b + 1] - flow_.first_successor[b];
    if (k >= count) return kNone;
    if (count != 2) return all[count - 1 - k];
    const BlockId first = all[0], second = all[1];
    const bool first_last =
        depth_[first] != depth_[second] ? depth_[first] > depth_[second] : first < second;
    return (k == 0) == first_last ? second : first;
  }

  bool move_blocks() {
    const uint32_t n = body_.blocks.size;
    const Span<Block> blocks = {arena_.make<Block>(n), n};
    const Span<uint32_t> depth = {arena_.make<uint32_t>(n), n};
    heads_ = {arena_.make<bool>(n), n};
    if (arena_.exhausted()) return false;
    for (BlockId b = 0; b < n; ++b) {
      if (b % 8 == 0) arena_.step();
      blocks[place_[b]] = body_.blocks[b];
      depth[place_[b]] = depth_[b];
      heads_[b] = false;
    }
    for (BlockId b = 0; b < n; ++b) {
      const Block& block = body_.blocks[b];
      const Instruction* const first = body_.instructions.data + block.first;
      arena_.step();
      for (const Instruction* phi = first; phi->op == Opcode::phi; ++phi) {
        arena_.step(1 + phi->count / 16);
        uint32_t* const operands = body_.operands.data + phi->first;
        for (uint32_t k = 1; k < phi->count; k += 2) operands[k] = place_[operands[k]];
      }
      const Instruction& last = first[block.count - 1];
      const Successors all = successors_of(last);
      for (uint32_t k = 0; k < all.count; ++k) {
        uint32_t& to = body_.operands[last.first + all.first + k * all.step];
        to = place_[to];
        if (to <= place_[b]) heads_[to] = true;
      }
    }
    body_.blocks = blocks;
    depth_ = depth;
    return move_flow();
  }

  /// Blocks have other numbers, and the flow is the same: who is reached, and who dominates whom.
  bool move_flow() {
    const uint32_t n = body_.blocks.size;
    const Flow old = flow_;
    flow_ = {};
    flow_.order = arena_.make<uint32_t>(n);
    flow_.enter = arena_.make<uint32_t>(n);
    flow_.leave = arena_.make<uint32_t>(n);
    if (arena_.exhausted()) return false;
    for (BlockId b = 0; b < n; ++b) {
      const BlockId to = place_[b];
      if (b % 4 == 0) arena_.step();
      flow_.order[to] = old.order[b];
      flow_.enter[to] = old.reached(b) ? old.enter[b] : 0;
      flow_.leave[to] = old.reached(b) ? old.leave[b] : 0;
    }
    return true;
  }

  Body& body_;
  Arena& arena_;
  Flow& flow_;
  Span<uint32_t> depth_, mark_, next_;
  Span<BlockId> stack_, place_;
  Span<bool> heads_;
};

}  // namespace

bool order_blocks(Body& body, Arena& arena, Span<uint32_t>& depth, Span<bool>& heads, Flow& flow) {
  return Ordering(body, arena, flow).run(depth, heads);
}

}  // namespace jit
