// Calls of functions.
//
// Arguments are passed as slots (interpreter/layout.h), from esp on; behind the fixed ones of a
// variadic function stands the address of the others. The area belongs to the callee. A result is
// in eax, in edx:eax, or in xmm0; one of kind `memory` is where the arguments were.
#include "compiler/generator.h"
#include "compiler/services.h"

namespace jit {

using namespace x86_32;

const ByValue* Generator::by_value(const Instruction& i, uint32_t parameter) const {
  if (i.detail == kNone || i.detail >= module_.attribute_lists.size) return nullptr;
  const AttributeList& list = module_.attribute_lists[i.detail];
  for (uint32_t k = 0; k < list.count; ++k) {
    const ByValue& by = module_.by_values[list.first + k];
    if (by.parameter == parameter) return &by;
  }
  return nullptr;
}

namespace {

uint32_t rounded(uint32_t bytes, uint32_t to) { return (bytes + to - 1) & ~(to - 1); }

}  // namespace

/// What a call needs of the outgoing area: slots, copies made for the callee, variadic arguments.
Generator::Outgoing Generator::outgoing_of(const Instruction& i) const {
  Outgoing out;
  const Type& signature = type(i.subject);
  for (uint32_t k = 1; k < i.count; ++k) {
    const ByValue* const by = by_value(i, k - 1);
    const bool fixed = k <= signature.count;
    if (fixed) out.slots += 4 * slots_of(module_, type_of(operand(i, k)));
    if (by != nullptr) {
      out.copies = rounded(out.copies, 16) + rounded(type(by->type).size, 4);
    } else if (!fixed) {
      out.copies += 4 * slots_of(module_, type_of(operand(i, k)));
    }
  }
  if (signature.variadic) out.slots += 4;
  const uint32_t result = i.type == kNone ? 0 : 4 * slots_of(module_, i.type);
  // A function that is interpreted still leaves its result, whatever it is, where its arguments
  // were.
  const bool in_slots = part_kind(module_, i.type) == PartKind::memory || options_.by_table;
  if (in_slots && result > out.slots) out.slots = result;
  return out;
}

void Generator::call_function(const Instruction& i) {
  const Type& signature = type(i.subject);
  const ValueId callee = operand(i, 0);
  const Value& value = value_of(module_, body_, callee);
  if (value.kind == ValueKind::inline_asm) {
    // Without instructions: its output is its input.
    if (i.count > 1 && i.result != kNone && is_used(i)) take(i, operand(i, 1));
    return;
  }
  uint32_t slot = 0, copy = 0;
  const auto copy_value = [&](ValueId pointer, uint32_t bytes) {
    const Place to = outgoing_place(outgoing_ - copies_ + copy);
    uint32_t at = 0;
    for (; at < bytes; at += 4) {
      const uint32_t step = bytes - at >= 16 ? 16 : bytes - at >= 4 ? 4 : 1;
      for (uint32_t b = 0; b < (step == 1 ? bytes - at : 1); ++b) {
        const Place from = memory_at(pointer, at + b);
        if (step == 1) {
          encoder_.op(op::movzx8, eax, from);
          encoder_.op(op::mov_store8, eax, moved_by(to, at + b));
        } else {
          encoder_.op(step == 16 ? op::movups : op::movd_load, xmm7, from);
          encoder_.op(step == 16 ? op::movups_store : op::movd_store, xmm7, moved_by(to, at));
        }
      }
      if (step == 16) at += 12;
    }
    return to;
  };
  for (uint32_t k = 1; k < i.count; ++k) {
    const ValueId argument = operand(i, k);
    const bool fixed = k <= signature.count;
    if (const ByValue* const by = by_value(i, k - 1)) {
      copy = fixed ? rounded(copy, 16) : copy;
      const Place at = copy_value(argument, type(by->type).size);
      copy += rounded(type(by->type).size, 4);
      if (fixed) {
        encoder_.op(op::lea, eax, at);
        encoder_.op(op::mov_store, eax, outgoing_place(slot));
        slot += 4;
      }
      continue;
    }
    const uint32_t bytes = 4 * slots_of(module_, type_of(argument));
    if (fixed) {
      if (!is_undefined(argument)) to_slots(argument, outgoing_place(slot));
      slot += bytes;
    } else {
      to_slots(argument, outgoing_place(outgoing_ - copies_ + copy));
      copy += bytes;
    }
  }
  if (signature.variadic) {
    // The variadic ones begin behind the copies for fixed parameters.
    uint32_t begin = 0;
    for (uint32_t k = 1; k <= signature.count; ++k) {
      if (const ByValue* const by = by_value(i, k - 1)) {
        begin = rounded(begin, 16) + rounded(type(by->type).size, 4);
      }
    }
    encoder_.op(op::lea, eax, outgoing_place(outgoing_ - copies_ + begin));
    encoder_.op(op::mov_store, eax, outgoing_place(slot));
  }
  pay_all();
  const bool direct = value.kind == ValueKind::function &&
                      fits_call(module_, module_.functions[value.index], i.subject);
  if (direct && options_.by_table) {
    encoder_.call(at_address(options_.table + value.index * kFunctionStep));
  } else if (direct) {
    encoder_.call(Target::function, value.index);
  } else {
    load(eax, word(callee));
    encoder_.alu_constant(Alu::sub, in_register(eax), kFunctionBase);
    encoder_.alu_constant(Alu::cmp, in_register(eax), module_.functions.size * kFunctionStep);
    encoder_.jump_if(Condition::above_equal, end_label(Outcome::wrong_call));
    encoder_.test_constant(in_register(eax), kFunctionStep - 1);
    encoder_.jump_if(Condition::not_equal, end_label(Outcome::wrong_call));
    const Memory entry = {eax, kNoRegister, 0, static_cast<int32_t>(options_.table)};
    const Shape& shape = options_.shapes[i.subject];
    const bool wants_none = part_kind(module_, result_of(module_, signature)) == PartKind::none;
    encoder_.alu_constant(Alu::cmp, moved_by(in_memory(entry), wants_none ? 8 : 4),
                          wants_none ? shape.parameters : shape.whole);
    encoder_.jump_if(Condition::not_equal, end_label(Outcome::wrong_type));
    encoder_.call(in_memory(entry));
  }
  if (i.result == kNone || !is_used(i)) return;
  switch (part_kind(module_, i.type)) {
    case PartKind::word:
      move(result(i), source_at(in_register(eax)));
      return;
    case PartKind::pair:
      if (result(i, 0).reg == edx && !result(i, 0).is_memory) {
        // eax goes where edx is: the upper half first.
        move(result(i, 1), source_at(in_register(edx)));
        move(result(i, 0), source_at(in_register(eax)));
        return;
      }
      move(result(i, 0), source_at(in_register(eax)));
      move(result(i, 1), source_at(in_register(edx)));
      return;
    case PartKind::memory:
      from_slots(i, outgoing_place(0));
      return;
    default:
      move_vector(part_kind(module_, i.type), result(i), in_register(0));
  }
}

void Generator::call(const Instruction& i) {
  if (has_no_code(module_, body_, i)) return;
  if (intrinsic_of_call(module_, body_, i) == Intrinsic::none) {
    call_function(i);
  } else {
    intrinsic(i);
  }
}

}  // namespace jit
