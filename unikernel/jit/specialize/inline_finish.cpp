// What has been copied, in the form of ir.h: values are numbered, branches and phis have their
// blocks.
#include "interpreter/plan.h"
#include "ir/flow.h"
#include "specialize/inliner.h"

namespace jit {

ValueId Inliner::resolved(ValueId id) const {
  while (id >= kResult && results_[id & ~kResult].is != kNone) id = results_[id & ~kResult].is;
  return id;
}

bool Inliner::write(const Code& code, List<Instruction>& instructions, List<Value>& values) {
  Instruction i = code.instruction;
  arena_.step();
  if (i.result != kNone) {
    results_[i.result & ~kResult].id = base_ + values.size();
    Value value;
    value.kind = ValueKind::instruction;
    value.type = i.type;
    value.index = instructions.size();
    i.result = base_ + values.size();
    if (!values.add(value)) return false;
  }
  // Blocks of the body become those that were made of them.
  const bool phi = i.op == Opcode::phi;
  if (code.instance != kNone && (phi || is_terminator(i.op))) {
    const Instance& in = instances_[code.instance];
    const Successors all = successors_of(i);
    const uint32_t count = phi ? i.count / 2 : all.count;
    for (uint32_t k = 0; k < count; ++k) {
      uint32_t& block = operands_[i.first + (phi ? 2 * k + 1 : all.first + k * all.step)];
      block = phi ? in.last[block] : in.first[block];
    }
  }
  return instructions.add(i);
}

bool Inliner::finish(const Body& body, Inlined& made) {
  List<Value> values(arena_);
  List<Instruction> instructions(arena_);
  List<Block> blocks(arena_);
  if (!values.append(constants_.view())) return false;
  for (const Code& code : taken_) {
    if (!write(code, instructions, values)) return false;
  }
  for (BlockId b = 0; b < ends_.size(); ++b) {
    arena_.step();
    const uint32_t begin = ends_[b], end = b + 1 < ends_.size() ? ends_[b + 1] : code_.size();
    const uint32_t first = b == 0 ? 0 : instructions.size();
    for (uint32_t k = begin; k < end; ++k) {
      if (k % 4 == 0) arena_.step();
      if (!write(code_[k], instructions, values)) return false;
    }
    if (!blocks.add({first, instructions.size() - first})) return false;
  }
  const auto known = [this](ValueId id) {
    id = resolved(id);
    return id < kResult ? id : results_[id & ~kResult].id;
  };
  for (const Instruction& i : instructions) {
    arena_.step();
    for (uint32_t k = 0; k < i.count; ++k) {
      uint32_t& operand = operands_[i.first + k];
      if (is_value_operand(i, k)) operand = known(operand);
    }
  }
  const uint32_t count = body.values.size;
  made.values = {arena_.make<ValueId>(count), count};
  if (!good()) return false;
  for_each_paced(arena_, count, 2,
                 [&](uint32_t v) { made.values[v] = known(renamed(instances_[0], base_ + v)); });
  made.body = body;
  made.body.values = values.span();
  made.body.instructions = instructions.span();
  made.body.blocks = blocks.span();
  made.body.operands = operands_.span();
  made.body.value_lists = value_lists_.span();
  made.body.inline_asms = inline_asms_.span();
  return true;
}

}  // namespace jit
