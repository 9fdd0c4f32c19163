// The walk over a body and the callees that become part of it.
#include "interpreter/plan.h"
#include "ir/flow.h"
#include "specialize/inliner.h"

namespace jit {

namespace {

bool is_assembly(const Module& module, const Body& body, const Instruction& call) {
  return value_of(module, body, body.operands[call.first]).kind == ValueKind::inline_asm;
}

}  // namespace

bool Inliner::add_constants(const Instance& of) {
  const Body& body = *of.body;
  const uint32_t lists = value_lists_.size(), asms = inline_asms_.size();
  for (uint32_t k = body.arguments; k < of.first_result; ++k) {
    Value v = body.values[k];
    switch (v.kind) {
      case ValueKind::aggregate:
      case ValueKind::address:
      case ValueKind::binary:
        v.first += lists;
        break;
      case ValueKind::cast:
        v.first = renamed(of, v.first);
        break;
      case ValueKind::inline_asm:
        v.index += asms;
        break;
      default:
        break;
    }
    if (!constants_.add(v)) return false;
  }
  for (const ValueId id : body.value_lists) {
    if (!value_lists_.add(renamed(of, id))) return false;
  }
  for (const InlineAsm& assembly : body.inline_asms) {
    if (!inline_asms_.add(assembly)) return false;
  }
  return true;
}

ValueId Inliner::renamed(const Instance& in, ValueId id) const {
  if (id < base_) return id;
  const uint32_t v = id - base_;
  if (v < in.body->arguments) return in.arguments[v];
  if (v < in.first_result) return base_ + in.constants + (v - in.body->arguments);
  return kResult | (in.results + (v - in.first_result));
}

bool Inliner::add(Instruction i, uint32_t instance, Span<const uint32_t> operands) {
  i.first = operands_.size();
  i.count = operands.size;
  i.cost += cost_;
  cost_ = 0;
  return operands_.append(operands) && code_.add({i, instance});
}

bool Inliner::begin_block() { return ends_.add(code_.size()); }

/// What a callee takes is there from the caller's begin on.
bool Inliner::take_memory(const Instance& in, const Instruction& alloca) {
  Instruction i = alloca;
  cost_ += i.cost;
  i.cost = 0;
  i.first = operands_.size();
  i.count = 1;
  i.result = renamed(in, alloca.result);
  return operands_.add(renamed(in, in.body->operands[alloca.first])) && taken_.add({i, kNone});
}

bool Inliner::copy(const Body& body, FunctionId id, uint32_t first_result,
                   Span<const ValueId> arguments, const Chain* outer, uint32_t depth,
                   uint32_t& instance) {
  Instance in;
  in.body = &body;
  in.id = id;
  in.arguments = arguments;
  in.first_result = first_result;
  in.constants = constants_.size();
  in.results = results_.size();
  const uint32_t blocks = body.blocks.size;
  in.first = {arena_.make<BlockId>(blocks), blocks};
  in.last = {arena_.make<BlockId>(blocks), blocks};
  instance = instances_.size();
  size_ += body.instructions.size;
  Span<bool> reached;
  if (!find_reached(body, arena_, reached) || !instances_.add(in) || !add_constants(in)) {
    return false;
  }
  for (uint32_t k = first_result; k < body.values.size; ++k) {
    if (!results_.add({})) return false;
  }
  const Chain chain = {id, outer};
  List<uint32_t> operands(arena_);
  for (BlockId b = 0; b < blocks; ++b) {
    in.first[b] = ends_.size();
    if (!begin_block()) return false;
    const Block& block = body.blocks[b];
    for (uint32_t k = block.first; k < block.first + block.count; ++k) {
      const Instruction& i = body.instructions[k];
      arena_.step(3);
      if (has_no_code(module_, body, i)) {
        cost_ += i.cost;
        continue;
      }
      if (i.op == Opcode::alloca && outer != nullptr) {
        if (!take_memory(in, i)) return false;
        continue;
      }
      if (i.op == Opcode::return_value && outer != nullptr) {
        const ValueId value = i.count == 0 ? kNone : renamed(in, body.operands[i.first]);
        if (!returns_.add({instance, operands_.size(), ends_.size() - 1, value})) return false;
        Instruction branch = i;
        branch.op = Opcode::branch;
        const uint32_t behind = kNone;
        if (!add(branch, kNone, {&behind, 1})) return false;
        continue;
      }
      // Where nobody comes, what a call returns could be what it gets.
      if (i.op == Opcode::call && reached[b]) {
        const Callee* const callee = callee_of(in, i, chain, depth);
        if (callee != nullptr) {
          if (!call(in, i, *callee, chain, depth)) return false;
          continue;
        }
        calls_others_ |= intrinsic_of_call(module_, body, i) == Intrinsic::none &&
                         !is_assembly(module_, body, i);
      }
      operands.clear();
      for (uint32_t o = 0; o < i.count; ++o) {
        const uint32_t operand = body.operands[i.first + o];
        if (!operands.add(is_value_operand(i, o) ? renamed(in, operand) : operand)) return false;
      }
      Instruction made = i;
      if (i.result != kNone) made.result = renamed(in, i.result);
      if (!add(made, instance, {operands.begin(), operands.size()})) return false;
    }
    in.last[b] = ends_.size() - 1;
  }
  return good();
}

/// A copy of the callee, between what comes before the call and what comes behind.
bool Inliner::call(const Instance& in, const Instruction& i, const Callee& callee,
                   const Chain& chain, uint32_t depth) {
  const uint32_t count = callee.body.arguments, first_return = returns_.size();
  auto* const arguments = arena_.make<ValueId>(count);
  if (!good()) return false;
  for (uint32_t a = 0; a < count; ++a) {
    arguments[a] = renamed(in, in.body->operands[i.first + 1 + a]);
  }
  Instruction enter;
  enter.op = Opcode::branch;
  enter.type = void_;
  enter.cost = i.cost;
  const BlockId begin = ends_.size();
  uint32_t copied = 0;
  ++calls_;
  memory_ += callee.memory;
  if (!add(enter, kNone, {&begin, 1}) || !copy(callee.body, callee.id, callee.first_result,
                                               {arguments, count}, &chain, depth + 1, copied)) {
    return false;
  }
  const BlockId behind = ends_.size();
  if (!begin_block()) return false;
  List<uint32_t> pairs(arena_);
  for (uint32_t r = first_return; r < returns_.size(); ++r) {
    const Return& from = returns_[r];
    if (from.instance != copied) continue;
    operands_[from.operand] = behind;
    if (i.result != kNone && (!pairs.add(from.value) || !pairs.add(from.from))) return false;
  }
  if (i.result == kNone) return true;
  if (pairs.size() == 2) {
    results_[renamed(in, i.result) & ~kResult].is = pairs[0];
    return true;
  }
  Instruction phi;
  phi.op = Opcode::phi;
  phi.type = i.type;
  phi.cost = 0;
  phi.result = renamed(in, i.result);
  return add(phi, kNone, {pairs.begin(), pairs.size()});
}

bool Inliner::run(const Body& body, Inlined& made) {
  base_ = body.base;
  void_ = body.instructions[body.instructions.size - 1].type;  // of a terminator
  const uint32_t count = body.arguments;
  auto* const arguments = arena_.make<ValueId>(count);
  if (!good()) return false;
  for (uint32_t a = 0; a < count; ++a) {
    arguments[a] = base_ + a;
    if (!constants_.add(body.values[a])) return false;
  }
  uint32_t instance = 0;
  if (!copy(body, body.function, first_result_of(body), {arguments, count}, nullptr, 0, instance) ||
      !finish(body, made)) {
    return false;
  }
  made.calls = calls_;
  made.left = left_;
  made.why = why_;
  return good();
}

bool inline_calls(const Machine& machine, const Body& body, const InlineOptions& options,
                  Arena& arena, Inlined& made) {
  Inliner inliner(machine, options, arena);
  if (!inliner.run(body, made)) return false;
  if (!inliner.may_be_entered_again() || inliner.memory() <= options.memory_again) return true;
  InlineOptions sparing = options;
  sparing.memory = options.memory_again;
  made = {};
  Inliner again(machine, sparing, arena);
  return again.run(body, made);
}

}  // namespace jit
