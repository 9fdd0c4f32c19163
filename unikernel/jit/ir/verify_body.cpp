// Bodies: their tables, their graph of blocks, phis, and that definitions dominate uses.
#include "ir/body_checker.h"

namespace jit {

bool BodyChecker::check() {
  if (!check_function() || !check_values() || !check_blocks()) return false;
  switch (find_flow(body_, scratch_, flow_)) {
    case FlowResult::sound:
      break;
    case FlowResult::out_of_memory:
      return out_of_memory();
    case FlowResult::too_intricate:
      return refuse("blocks that branch in a too intricate way");
  }
  if (flow_.predecessor_count(0) != 0) return fail("a branch to the first block");
  for (BlockId block = 0; block < body_.blocks.size; ++block) {
    if (!check_instructions(block)) return false;
  }
  instruction_ = kNone;
  // Each that has a result is that of another value.
  if (made_ != instruction_values_) return fail("a value is not what it should be");
  expected_ = make_filled(body_.blocks.size, 0);
  named_ = make_filled(body_.blocks.size, 0);
  named_value_ = make_filled(body_.blocks.size, 0);
  if (named_value_ == nullptr || expected_ == nullptr || named_ == nullptr) return false;
  for (BlockId block = 0; block < body_.blocks.size; ++block) {
    if (!check_phis(block)) return false;
  }
  return true;
}

bool BodyChecker::check_instructions(BlockId block) {
  block_ = block;
  block_begin_ = body_.blocks[block].first;
  block_end_ = block_begin_ + body_.blocks[block].count;
  return for_each_paced(scratch_, body_.blocks[block].count, 24, [&](uint32_t k) {
    instruction_ = block_begin_ + k;
    return check_instruction(body_.instructions[instruction_]);
  });
}

bool BodyChecker::check_function() {
  if (body_.function >= module_.functions.size) return fail("a body of no function");
  const Type& function = type(module_.functions[body_.function].type);
  if (body_.base != module_.values.size) return fail("a body whose values begin elsewhere");
  if (body_.arguments != function.count || body_.arguments > body_.values.size) {
    return fail("a body of more or fewer arguments than its function");
  }
  if (body_.values.size >= kNone - body_.base) return fail("too many values");
  const TypeId result = result_of(module_, function);
  if (!is(result, TypeKind::void_type) && !is_computed(result)) {
    return refuse("a result of a type that is not supported");
  }
  for (const TypeId parameter : parameters_of(module_, function)) {
    if (!is_computed(parameter)) return refuse("a parameter of a type that is not supported");
  }
  return true;
}

/// What each value is. Whether instructions know theirs, check_instruction() looks at.
bool BodyChecker::check_values() {
  const Span<TypeId> parameters =
      parameters_of(module_, type(module_.functions[body_.function].type));
  const uint32_t types = module_.types.size, instructions = body_.instructions.size;
  const uint32_t arguments = body_.arguments;
  constexpr char kOther[] = "a value is not what it should be";
  for (uint32_t i = 0; i < arguments; ++i) {
    const Value& value = body_.values[i];
    if (value.kind != ValueKind::argument || value.index != i || value.type != parameters[i]) {
      return fail(kOther);
    }
  }
  const Value* const others = body_.values.data + arguments;
  uint32_t made = 0;
  bool sound = for_each_paced(scratch_, body_.values.size - arguments, 2, [&](uint32_t i) {
    const Value& value = others[i];
    if (value.type >= types) return fail("a value of a type that is not there");
    if (value.kind == ValueKind::instruction) {
      ++made;
      return value.index < instructions || fail(kOther);
    }
    return is_constant(value.kind) || value.kind == ValueKind::inline_asm || fail(kOther);
  });
  if (!sound) return false;
  instruction_values_ = made;
  const Arena::Mark mark = scratch_.mark();
  sound = check_constants({body_.values.data, body_.values.size}, body_.base,
                          {body_.value_lists.data, body_.value_lists.size},
                          {body_.inline_asms.data, body_.inline_asms.size}, nullptr);
  scratch_.release(mark);
  return sound;
}

/// Blocks cover the instructions one behind the other; each ends with a terminator, whose targets
/// are there. That it is the only one, check_instruction() looks at.
bool BodyChecker::check_blocks() {
  block_of_ = make<uint32_t>(body_.instructions.size);
  if (block_of_ == nullptr) return false;
  uint32_t next = 0;
  for (BlockId id = 0; id < body_.blocks.size; ++id) {
    const Block& block = body_.blocks[id];
    if (block.first != next || block.count == 0 || block.count > body_.instructions.size - next) {
      return fail("blocks do not stand one behind the other");
    }
    for (const uint32_t end = next + block.count; next != end; ++next) block_of_[next] = id;
    scratch_.step(1 + block.count / 16);
    instruction_ = next - 1;
    if (!check_terminator(body_.instructions[instruction_])) return false;
    instruction_ = kNone;
  }
  if (next != body_.instructions.size) return fail("instructions behind the last block");
  return next != 0 || fail("a body without blocks");
}

bool BodyChecker::check_terminator(const Instruction& terminator) {
  if (terminator.op > Opcode::unreachable) return fail("an unknown operation");
  if (!is_terminator(terminator.op)) return fail("a block without a terminator");
  if (!check_range(terminator)) return false;
  bool sound = true;
  switch (terminator.op) {
    case Opcode::branch:
      sound = has_count(terminator, 1);
      break;
    case Opcode::branch_if:
      sound = has_count(terminator, 3);
      break;
    case Opcode::switch_on:
    case Opcode::branch_address:
      sound = (terminator.count >= 2 && terminator.count % 2 == 0) ||
              fail("too few or too many operands");
      break;
    default:
      break;
  }
  if (!sound) return false;
  const Successors all = successors_of(terminator);
  for (uint32_t i = 0; i < all.count; ++i) {
    if (operand(terminator, all.first + i * all.step) >= body_.blocks.size) {
      return fail("a branch to a block that is not there");
    }
  }
  return true;
}

// ---- phis

bool BodyChecker::check_phis(BlockId id) {
  const Block& block = body_.blocks[id];
  const Instruction* const begin = body_.instructions.data + block.first;
  uint32_t phis = 0;
  while (phis < block.count && begin[phis].op == Opcode::phi) ++phis;
  if (phis == 0) return true;
  const uint32_t edges = flow_.predecessor_count(id);
  const BlockId* const from = flow_.predecessors + flow_.first_predecessor[id];
  for (uint32_t j = 0; j < edges; ++j) ++expected_[from[j]];
  for (uint32_t i = 0; i < phis; ++i) {
    instruction_ = block.first + i;
    if (!check_phi(begin[i], id)) return false;
  }
  instruction_ = kNone;
  for (uint32_t j = 0; j < edges; ++j) expected_[from[j]] = 0;
  return true;
}

/// One entry for each edge into the block; edges from the same block bring the same value.
bool BodyChecker::check_phi(const Instruction& phi, BlockId block) {
  const uint32_t entries = phi.count / 2;
  if (entries == 0 || entries != flow_.predecessor_count(block)) {
    return fail("a phi does not list the predecessors of its block");
  }
  bool sound = true;
  uint32_t seen = 0;
  for (; sound && seen < entries; ++seen) {
    const ValueId id = operand(phi, 2 * seen);
    const BlockId from = operand(phi, 2 * seen + 1);
    const uint32_t of_body = id - body_.base;
    if (of_body < body_.values.size && body_.values[of_body].kind == ValueKind::instruction &&
        !is_made(body_.values[of_body].index, from)) {
      sound = fail("a value is used where it may not have been made");
      break;
    }
    if (named_[from] == expected_[from]) {
      sound = fail("a phi does not list the predecessors of its block");
      break;
    }
    if (named_[from] != 0 && named_value_[from] != id) {
      sound = fail("a phi has two values for one predecessor");
      break;
    }
    ++named_[from];
    named_value_[from] = id;
  }
  while (seen-- > 0) named_[operand(phi, 2 * seen + 1)] = 0;
  return sound;
}

// ---- uses

/// Whether what instruction `made` makes is there at the end of `block`. Where nobody comes, all
/// is.
bool BodyChecker::is_made(uint32_t made, BlockId block) const {
  const BlockId from = block_of_[made];
  return !flow_.reached(block) || (flow_.reached(from) && flow_.dominates(from, block));
}

/// By instruction_, of what `made` makes, which does not stand before it in its block.
bool BodyChecker::check_use(uint32_t made) {
  if (block_of_[made] == block_ && flow_.reached(block_)) {
    return fail("a value is used before it is made");
  }
  return is_made(made, block_) || fail("a value is used where it may not have been made");
}

Fault verify_body(const Module& module, const Body& body, Arena& scratch) {
  const Arena::Mark mark = scratch.mark();
  BodyChecker checker(module, body, scratch);
  checker.check();
  scratch.release(mark);
  return checker.fault();
}

}  // namespace jit
