// Instructions that others do: the interpreter (islands.h), and functions of the runtime.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

/// Calls f(value, slot) for operands that are not where an island finds them, and for the result.
/// The end of their slots is returned.
template <class F>
uint32_t Generator::stage(const Instruction& i, const F& f) const {
  uint32_t slot = allocation_.slot_bytes;
  const auto add = [&](ValueId id) {
    if (has_variable(id) && part_kind(module_, type_of(id)) == PartKind::memory &&
        role(id) == Role::variable && !variable(id).incoming) {
      f(id, variable(id).slot, false);
      return;
    }
    f(id, slot, true);
    slot += 4 * slots_of(module_, type_of(id));
  };
  for (uint32_t k = 0; k < i.count; ++k) {
    if (!is_value_operand(i, k) || operand(i, k) < body_.base) continue;
    if (constants_.is_constant(operand(i, k)) ||
        value_of(module_, body_, operand(i, k)).kind == ValueKind::inline_asm) {
      continue;
    }
    add(operand(i, k));
  }
  if (i.result != kNone) add(i.result);
  return slot;
}

/// Most that have machine code of their own, at a glance.
bool Generator::is_plain(const Instruction& i) const {
  const auto is_word = [&](TypeId id) {
    const Type& t = type(id);
    return t.kind == TypeKind::pointer || (t.kind == TypeKind::integer && t.count == 32);
  };
  switch (i.op) {
    case Opcode::load:
    case Opcode::getelementptr:
      return is_word(i.type);
    case Opcode::store:
    case Opcode::compare:
      return is_word(type_of(operand(i, 1)));
    case Opcode::call:
      return intrinsic_of_call(module_, body_, i) == Intrinsic::none;
    case Opcode::binary: {
      const auto which = static_cast<BinaryOp>(i.code);
      const TypeKind made = type(i.type).kind;
      if (made == TypeKind::float_type || made == TypeKind::double_type) {
        return which != BinaryOp::frem;
      }
      const Role second = role(operand(i, 1));
      return is_word(i.type) && (which < BinaryOp::udiv || which > BinaryOp::srem) &&
             (second == Role::nothing || second == Role::variable);
    }
    default:
      return i.op == Opcode::phi || is_terminator(i.op);
  }
}

bool Generator::prepare_islands() {
  island_of_ = {arena_.make<uint32_t>(body_.instructions.size), body_.instructions.size};
  if (arena_.exhausted()) return refuse("no memory for code");
  bool begun = false;
  const bool sound = for_each_paced(arena_, body_.instructions.size, 32, [&](uint32_t k) {
    island_of_[k] = kNone;
    const Instruction& i = body_.instructions[k];
    if (is_plain(i) || !is_emitted(i) || !is_island(i)) return true;
    RuntimeCall call = RuntimeCall::move;
    if (is_runtime_call(i, call)) {
      // Up to three operands and a result.
      if (allocation_.slot_bytes + 24 > slots_total_) slots_total_ = allocation_.slot_bytes + 24;
      calls_runtime_ = true;
      return true;
    }
    if (is_by_lanes(i)) {
      has_islands_ = true;
      island_of_[k] = kByLanes;
      const uint32_t end = end_of_lanes(i);
      if (end > slots_total_) slots_total_ = end;
      return true;
    }
    if (!begun && !islands_.begin(body_, arena_)) return refuse("no memory for code");
    begun = has_islands_ = true;
    const uint32_t end = stage(
        i, [&](ValueId id, uint32_t slot, bool) { islands_.set_slot(id - body_.base, slot); });
    uint32_t bytes = 0;
    if (!islands_.make(constants_, i, end, arena_, island_of_[k], bytes)) {
      return refuse("an instruction that is not supported");
    }
    if (bytes > slots_total_) slots_total_ = bytes;
    return true;
  });
  if (!sound) return false;
  if (slots_total_ < allocation_.slot_bytes) slots_total_ = allocation_.slot_bytes;
  return true;
}

/// Of what would be an island: a function of C++ does it.
bool Generator::is_runtime_call(const Instruction& i, RuntimeCall& which) const {
  const bool pair = part_kind(module_, i.type) == PartKind::pair && type(i.type).count == 64;
  if (i.op == Opcode::binary && pair) {
    switch (static_cast<BinaryOp>(i.code)) {
      case BinaryOp::udiv:
        which = RuntimeCall::udiv64;
        return true;
      case BinaryOp::sdiv:
        which = RuntimeCall::sdiv64;
        return true;
      case BinaryOp::urem:
        which = RuntimeCall::urem64;
        return true;
      case BinaryOp::srem:
        which = RuntimeCall::srem64;
        return true;
      case BinaryOp::shl:
        which = RuntimeCall::shl64;
        return true;
      case BinaryOp::lshr:
        which = RuntimeCall::lshr64;
        return true;
      case BinaryOp::ashr:
        which = RuntimeCall::ashr64;
        return true;
      default:
        return false;
    }
  }
  if (i.op != Opcode::call) return false;
  switch (intrinsic_of_call(module_, body_, i)) {
    case Intrinsic::umin:
      which = RuntimeCall::umin64;
      return pair;
    case Intrinsic::umax:
      which = RuntimeCall::umax64;
      return pair;
    case Intrinsic::smin:
      which = RuntimeCall::smin64;
      return pair;
    case Intrinsic::smax:
      which = RuntimeCall::smax64;
      return pair;
    case Intrinsic::memcpy:
    case Intrinsic::memmove:
      which = RuntimeCall::move;
      return kind(operand(i, 3)) == PartKind::word;
    case Intrinsic::memset:
      which = RuntimeCall::fill;
      return kind(operand(i, 3)) == PartKind::word;
    default:
      return false;
  }
}

void Generator::runtime_call(const Instruction& i, RuntimeCall which) {
  const uint32_t begin = allocation_.slot_bytes;
  uint32_t at = begin;
  const bool memory = which == RuntimeCall::move || which == RuntimeCall::fill;
  const uint32_t first = i.op == Opcode::call ? 1 : 0, count = memory ? 3 : 2;
  for (uint32_t k = first; k < first + count; ++k) {
    to_slots(operand(i, k), slot_place(at));
    at += 4 * slots_of(module_, type_of(operand(i, k)));
  }
  encoder_.op(op::lea, eax, slot_place(begin));
  encoder_.op(op::movd_load, xmm7, in_register(eax));
  encoder_.mov_constant(in_register(eax), static_cast<uint32_t>(which));
  encoder_.call(Target::service, static_cast<uint32_t>(Service::runtime));
  if (i.result != kNone) from_slots(i, slot_place(at));
}

void Generator::island(const Instruction& i, uint32_t number) {
  uint32_t result_slot = kNone;
  stage(i, [&](ValueId id, uint32_t slot, bool staged) {
    if (id == i.result) {
      if (staged) result_slot = slot;
    } else if (staged) {
      to_slots(id, slot_place(slot));
    }
  });
  // The address of the slots, below the return address.
  encoder_.op(op::lea, eax, slot_place(0));
  encoder_.op(op::movd_load, xmm7, in_register(eax));
  encoder_.mov_constant(in_register(eax), number);
  encoder_.call(Target::service, static_cast<uint32_t>(Service::island));
  if (result_slot != kNone) from_slots(i, slot_place(result_slot));
}

}  // namespace jit
