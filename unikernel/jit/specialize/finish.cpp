// The residual body in the form of ir.h.
#include "interpreter/plan.h"
#include "ir/flow.h"
#include "specialize/residual.h"

namespace jit {

template <class F>
void Residual::for_each_code(BlockId block, const F& f) const {
  for (uint32_t k = blocks_[block].first_phi; k != kNone; k = code_[k].next) f(code_[k]);
  for (uint32_t k = blocks_[block].first; k != kNone; k = code_[k].next) f(code_[k]);
}

/// It stays, whether its result is used or not: for what it does, or for the fault that it may be.
bool Residual::has_effect(const Instruction& i) {
  switch (i.op) {
    case Opcode::load:
    case Opcode::store:
    case Opcode::fence:
    case Opcode::compare_exchange:
    case Opcode::atomic_update:
      return true;
    case Opcode::binary: {
      const auto op = static_cast<BinaryOp>(i.code);
      uint64_t divisor = 0;
      if (op < BinaryOp::udiv || op > BinaryOp::srem) return false;
      const uint64_t minus_one = mask64_of(word_bits(module_.types[i.type]));
      return !made_constant(operand(i, 1), divisor) || divisor == 0 || divisor == minus_one;
    }
    case Opcode::call: {
      view_.operands = operands_.span();
      const CallKind kind = call_kind(module_, view_, i);
      return kind == CallKind::function || kind == CallKind::helper;
    }
    default:
      return is_terminator(i.op);
  }
}

/// What a phi always is, itself apart; kNone: it is one of several.
ValueId Residual::only_value(const Instruction& phi) const {
  ValueId only = kNone;
  for (uint32_t k = 0; k < phi.count; k += 2) {
    const ValueId from = operand(phi, k);
    if (from == phi.result || from == only) continue;
    if (only != kNone) return kNone;
    only = from;
  }
  return only;
}

void Residual::simplify_phis() {
  for (bool changed = true; changed;) {
    changed = false;
    for (const Made& block : blocks_) {
      for (uint32_t k = block.first_phi; k != kNone; k = code_[k].next) {
        arena_.step();
        const Instruction& phi = code_[k].instruction;
        ValueId& alias = aliases_[phi.result - source_.base];
        if (alias != kNone) continue;
        alias = only_value(phi);
        changed |= alias != kNone;
      }
    }
  }
}

/// Blocks that go on to one that nobody else goes to.
void Residual::join_blocks() {
  const auto for_each_successor = [&](const Made& from, const auto& f) {
    const Instruction& last = code_[from.last].instruction;
    const Successors all = successors_of(last);
    for (uint32_t k = 0; k < all.count; ++k) f(operands_[last.first + all.first + k * all.step]);
  };
  for (const Made& from : blocks_) {
    arena_.step();
    for_each_successor(from, [&](BlockId to) { ++blocks_[to].predecessors; });
  }
  for (BlockId b = 0; b < blocks_.size(); ++b) {
    arena_.step();
    if (code_[blocks_[b].last].instruction.op != Opcode::branch) continue;
    for_each_successor(blocks_[b], [&](BlockId to) {
      if (to != 0 && blocks_[to].predecessors == 1) {
        blocks_[to].into = b;
        blocks_[b].joined = to;
      }
    });
  }
}

BlockId Residual::begin_of(BlockId block) const {
  while (blocks_[block].into != kNone) block = blocks_[block].into;
  return block;
}

void Residual::find_live(Span<uint32_t> stack) {
  uint32_t size = 0;
  const auto visit = [&](uint32_t code) {
    if (code_[code].live) return;
    code_[code].live = true;
    stack[size++] = code;
  };
  for (BlockId b = 0; b < blocks_.size(); ++b) {
    for_each_code(b, [&](const Code& code) {
      arena_.step();
      if (has_effect(code.instruction)) visit(static_cast<uint32_t>(&code - code_.begin()));
    });
  }
  while (size > 0) {
    arena_.step();
    const Instruction& i = code_[stack[--size]].instruction;
    const ValueOperands all = value_operands(i);
    for (uint32_t k = 0; k < all.end; k += all.step) {
      const ValueId id = operand(i, k);
      if (made_by(id) != nullptr) visit(values_[id - source_.base].index);
    }
  }
}

/// Numbers and writes everything: values as the source has them, constants that were made, results.
bool Residual::write(Body& body) {
  const uint32_t count = values_.size();
  const Span<ValueId> number = {arena_.make<ValueId>(count), count};
  const Span<BlockId> block_number = {arena_.make<BlockId>(blocks_.size()), blocks_.size()};
  List<Value> values(arena_);
  List<Instruction> instructions(arena_);
  List<Block> blocks(arena_);
  List<uint32_t> operands(arena_);
  if (arena_.exhausted() || !values.reserve(count) || !instructions.reserve(code_.size()) ||
      !operands.reserve(operands_.size())) {
    return false;
  }
  for (uint32_t v = 0; v < count; ++v) {
    if (v % 8 == 0) arena_.step();
    number[v] = kNone;
    if (v < own_ || values_[v].kind != ValueKind::instruction) {
      number[v] = source_.base + values.size();
      Value value = values_[v];
      if (v >= own_ && value.kind == ValueKind::cast) {
        value.first = number[value.first - source_.base];
      }
      if (!values.add(value)) return false;
    }
  }
  for (BlockId b = 0, next = 0; b < blocks_.size(); ++b) {
    if (b % 16 == 0) arena_.step();
    block_number[b] = kNone;
    if (blocks_[b].into == kNone) block_number[b] = next++;
  }
  for (BlockId b = 0; b < blocks_.size(); ++b) {
    if (blocks_[b].into != kNone) continue;
    const uint32_t first = instructions.size();
    uint32_t cost = 0;
    for (BlockId part = b; part != kNone; part = blocks_[part].joined) {
      for_each_code(part, [&](const Code& code) {
        const Instruction& i = code.instruction;
        arena_.step();
        cost += i.cost;
        const bool joint = blocks_[part].joined != kNone && i.op == Opcode::branch;
        if (!code.live || joint || (i.op == Opcode::phi && resolved(i.result) != i.result)) return;
        Instruction made = i;
        made.cost = cost;
        cost = 0;
        if (made.result != kNone) {
          Value value = values_[made.result - source_.base];
          value.index = instructions.size();
          number[made.result - source_.base] = source_.base + values.size();
          made.result = number[made.result - source_.base];
          (void)values.add(value);
        }
        (void)instructions.add(made);
      });
    }
    if (!blocks.add({first, instructions.size() - first})) return false;
  }
  // Operands last: phis have some that come later.
  const auto numbered = [&](ValueId id) {
    id = resolved(id);
    return id < source_.base ? id : number[id - source_.base];
  };
  for (Instruction& i : instructions) {
    arena_.step();
    const uint32_t first = operands.size();
    for (uint32_t k = 0; k < i.count; ++k) {
      const uint32_t operand = operands_[i.first + k];
      const bool is_block =
          i.op == Opcode::branch_address
              ? k % 2 == 1
              : i.op == Opcode::phi || (is_terminator(i.op) && i.op != Opcode::return_value);
      const uint32_t made = is_value_operand(i, k) ? numbered(operand)
                            : is_block             ? block_number[begin_of(operand)]
                                                   : operand;
      if (!operands.add(made)) return false;
    }
    i.first = first;
  }
  body = source_;
  body.values = values.span();
  body.instructions = instructions.span();
  body.blocks = blocks.span();
  body.operands = operands.span();
  return true;
}

bool Residual::finish(Body& body) {
  if (!good()) return false;
  simplify_phis();
  join_blocks();
  const Span<uint32_t> stack = {arena_.make<uint32_t>(code_.size()), code_.size()};
  if (stack.data == nullptr) return false;
  find_live(stack);
  return write(body);
}

}  // namespace jit
