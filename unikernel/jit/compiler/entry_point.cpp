#include "compiler/entry_point.h"

#include "interpreter/plan.h"

namespace jit {
namespace {

class Living {
 public:
  Living(const Module& module, const Body& body, const Flow& flow, BlockId head,
         const Selection* selection, Arena& arena)
      : module_(module),
        body_(body),
        flow_(flow),
        head_(head),
        selection_(selection),
        arena_(arena),
        uses_(arena) {
    const uint32_t values = body.values.size, blocks = body.blocks.size;
    last_use_ = {arena.make<uint32_t>(values), values};
    home_ = {arena.make<BlockId>(values), values};
    mark_ = {arena.make<uint32_t>(blocks), blocks};
    stack_ = {arena.make<BlockId>(blocks), blocks};
    if (arena.exhausted()) return;
    for (uint32_t& use : last_use_) use = kNone;
    for (BlockId& block : home_) block = kNone;
    for (uint32_t& mark : mark_) mark = kNone;
  }

  /// false: the arena is full.
  bool note_uses() {
    for (uint32_t v = 0; v < body_.arguments; ++v) home_[v] = 0;
    for (BlockId b = 0; b < body_.blocks.size; ++b) {
      if (!flow_.reached(b)) continue;
      const Block& block = body_.blocks[b];
      for (uint32_t k = block.first; k < block.first + block.count; ++k) {
        arena_.step();
        const Instruction& i = body_.instructions[k];
        if (i.result != kNone) home_[i.result - body_.base] = b;
        if (!has_code(i)) continue;
        for (uint32_t o = 0; o < i.count; ++o) {
          if (!is_value_operand(i, o)) continue;
          // What a phi takes is used where the edge begins.
          const BlockId at = i.op == Opcode::phi ? body_.operands[i.first + o + 1] : b;
          if (flow_.reached(at) && !use(body_.operands[i.first + o], at)) return false;
        }
      }
    }
    return true;
  }

  bool is_live(uint32_t v) {
    const BlockId home = home_[v];
    if (home == kNone || last_use_[v] == kNone || !flow_.dominates(home, head_)) return false;
    const Value& value = body_.values[v];
    if (home == head_) {
      // Of the head's own, only the phis are there when it begins.
      return value.kind == ValueKind::instruction &&
             body_.instructions[value.index].op == Opcode::phi;
    }
    uint32_t size = 0;
    const auto visit = [&](BlockId b) {
      if (b == home || mark_[b] == v || !flow_.reached(b)) return;
      mark_[b] = v;
      stack_[size++] = b;
    };
    for (uint32_t u = last_use_[v]; u != kNone; u = uses_[u].before) visit(uses_[u].block);
    while (size > 0) {
      const BlockId b = stack_[--size];
      arena_.step();
      if (b == head_) return true;
      for (uint32_t k = flow_.first_predecessor[b]; k < flow_.first_predecessor[b + 1]; ++k) {
        visit(flow_.predecessors[k]);
      }
    }
    return false;
  }

 private:
  struct Use {
    BlockId block;
    uint32_t before;  // another one of the same value
  };
  [[nodiscard]] bool has_code(const Instruction& i) const {
    if (has_no_code(module_, body_, i)) return false;
    return selection_ == nullptr || i.result == kNone ||
           selection_->roles[i.result - body_.base] == Role::variable;
  }
  bool use(ValueId id, BlockId at) {
    if (id < body_.base) return true;
    if (selection_ == nullptr) return add(id - body_.base, at);
    bool good = true;
    for_each_variable(module_, body_, *selection_, id, [&](uint32_t v) { good &= add(v, at); });
    return good;
  }
  bool add(uint32_t v, BlockId block) {
    if (last_use_[v] != kNone && uses_[last_use_[v]].block == block) return true;
    if (!uses_.add({block, last_use_[v]})) return false;
    last_use_[v] = uses_.size() - 1;
    return true;
  }

  const Module& module_;
  const Body& body_;
  const Flow& flow_;
  const BlockId head_;
  const Selection* const selection_;
  const Arena& arena_;
  List<Use> uses_;
  Span<uint32_t> last_use_;  // by value
  Span<BlockId> home_;       // by value: the block that computes it
  Span<uint32_t> mark_;      // by block: the value for which it has been visited
  Span<BlockId> stack_;
};

}  // namespace

bool find_live(const Module& module, const Body& body, const Flow& flow, BlockId head,
               const Selection* selection, Arena& arena, Span<bool>& live) {
  const uint32_t values = body.values.size;
  live = {arena.make<bool>(values), values};
  Living living(module, body, flow, head, selection, arena);
  if (arena.exhausted() || !living.note_uses()) return false;
  for (uint32_t v = 0; v < values; ++v) live[v] = living.is_live(v);
  return true;
}

}  // namespace jit
