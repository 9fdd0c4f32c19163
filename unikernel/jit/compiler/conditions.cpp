// What becomes of flags: jumps, and values of one bit.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

Generator::Flags Generator::flags_of(ValueId condition) {
  if (role(condition) == Role::condition && source_of(condition).op == Opcode::cast) {
    const Source a = word(operand(source_of(condition), 0));
    if (!a.is_constant && !a.place.is_memory && has_low_byte(a.place.reg)) {
      encoder_.op_byte(op::test8_constant, 0, a.place, 1);
    } else if (a.is_constant) {
      load(eax, a);
      encoder_.test_constant(in_register(eax), 1);
    } else {
      encoder_.test_constant(a.place, 1);
    }
    Flags flags;
    flags.first = Condition::not_equal;
    return flags;
  }
  if (role(condition) == Role::condition && source_of(condition).op == Opcode::compare) {
    const Instruction& i = source_of(condition);
    switch (kind(operand(i, 0))) {
      case PartKind::word:
        return compare_words(i);
      case PartKind::pair:
        return compare_pairs(i);
      default:
        return compare_reals(i);
    }
  }
  Flags flags;
  flags.first = Condition::not_equal;
  const Source source = word(condition);
  if (source.is_constant) {
    load(eax, source);
    encoder_.op(op::test, eax, in_register(eax));
  } else if (source.place.is_memory) {
    encoder_.alu_constant(Alu::cmp, source.place, 0);
  } else {
    encoder_.test_zero(source.place.reg);
  }
  return flags;
}

void Generator::jump_on(const Flags& flags, bool when, CodeLabel to) {
  if (flags.how == Flags::one) {
    encoder_.jump_if(when ? flags.first : opposite(flags.first), to);
    return;
  }
  const bool both = flags.how == Flags::both;
  if (both == when) {
    const CodeLabel past = encoder_.label();
    // both, true: leave where the first fails. either, false: where it holds.
    encoder_.jump_if(when ? opposite(flags.first) : flags.first, past);
    encoder_.jump_if(when ? flags.second : opposite(flags.second), to);
    encoder_.bind(past);
  } else {
    encoder_.jump_if(when ? flags.first : opposite(flags.first), to);
    encoder_.jump_if(when ? flags.second : opposite(flags.second), to);
  }
}

void Generator::jump_if(ValueId condition, bool when, CodeLabel to) {
  if (role(condition) != Role::condition) {
    jump_on(flags_of(condition), when, to);
    return;
  }
  const Instruction& i = source_of(condition);
  if (i.op == Opcode::compare) {
    const auto p = static_cast<Predicate>(i.code);
    if (kind(operand(i, 0)) == PartKind::pair && (p == Predicate::eq || p == Predicate::ne) &&
        !is_zero(operand(i, 1))) {
      const bool equal = (p == Predicate::eq) == when;
      const CodeLabel past = encoder_.label();
      compare_halves(i, 0);
      encoder_.jump_if(Condition::not_equal, equal ? past : to);
      compare_halves(i, 1);
      encoder_.jump_if(equal ? Condition::equal : Condition::not_equal, to);
      encoder_.bind(past);
      return;
    }
    jump_on(flags_of(condition), when, to);
    return;
  }
  if (i.op == Opcode::cast) {
    jump_on(flags_of(condition), when, to);
    return;
  }
  if (i.op == Opcode::binary && static_cast<BinaryOp>(i.code) == BinaryOp::xor_) {
    jump_if(operand(i, 0), !when, to);
    return;
  }
  // a and b: by binary, or select a, b, false. a or b: or select a, true, b.
  const bool selects = i.op == Opcode::select;
  const bool is_and =
      selects ? is_zero(operand(i, 2)) : static_cast<BinaryOp>(i.code) == BinaryOp::and_;
  const ValueId a = operand(i, 0), b = operand(i, selects && !is_and ? 2 : 1);
  if (is_and == when) {
    const CodeLabel past = encoder_.label();
    jump_if(a, !when, past);
    jump_if(b, when, to);
    encoder_.bind(past);
  } else {
    jump_if(a, when, to);
    jump_if(b, when, to);
  }
}

bool Generator::is_zero(ValueId id) const {
  uint32_t words[2] = {};
  return constants_.is_constant(id) && slots_of(module_, type_of(id)) <= 2 &&
         constants_.slots(id, words) && words[0] == 0 && words[1] == 0;
}

void Generator::compare_halves(const Instruction& i, uint32_t part) {
  Source a = word(operand(i, 0), part), b = word(operand(i, 1), part);
  if (a.is_constant) {
    const Source t = a;
    a = b;
    b = t;
  }
  if (a.is_constant || (a.place.is_memory && !b.is_constant && b.place.is_memory)) {
    load(eax, a);
    a = source_at(in_register(eax));
  }
  if (b.is_constant) {
    encoder_.alu_constant(Alu::cmp, a.place, b.constant);
  } else if (a.place.is_memory) {
    encoder_.alu_to_place(Alu::cmp, a.place, b.place.reg);
  } else {
    encoder_.alu(Alu::cmp, a.place.reg, b.place);
  }
}

/// al becomes 0 or 1.
void Generator::set_low_byte(const Flags& flags) {
  constexpr Register al = 0, ah = 4;
  encoder_.op(op::setcc + static_cast<uint32_t>(flags.first), 0, in_register(al));
  if (flags.how != Flags::one) {
    encoder_.op(op::setcc + static_cast<uint32_t>(flags.second), 0, in_register(ah));
    encoder_.op(flags.how == Flags::both ? 0x22 : 0x0A, al, in_register(ah));
  }
}

void Generator::set_on(const Flags& flags, const Place& to) {
  set_low_byte(flags);
  const Register in = to.is_memory ? eax : to.reg;
  encoder_.op(op::movzx8, in, in_register(eax));
  finish(to, in);
}

void Generator::compare_value(const Instruction& i) {
  switch (kind(operand(i, 0))) {
    case PartKind::word:
      set_on(compare_words(i), result(i));
      return;
    case PartKind::pair:
      set_on(compare_pairs(i), result(i));
      return;
    default:
      set_on(compare_reals(i), result(i));
  }
}

}  // namespace jit
