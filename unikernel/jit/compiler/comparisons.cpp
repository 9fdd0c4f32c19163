// Comparisons, and the flags that they set.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

namespace {

/// With the operands exchanged.
Condition exchanged(Condition c) {
  switch (c) {
    case Condition::above:
      return Condition::below;
    case Condition::below:
      return Condition::above;
    case Condition::above_equal:
      return Condition::below_equal;
    case Condition::below_equal:
      return Condition::above_equal;
    case Condition::greater:
      return Condition::less;
    case Condition::less:
      return Condition::greater;
    case Condition::greater_equal:
      return Condition::less_equal;
    case Condition::less_equal:
      return Condition::greater_equal;
    default:
      return c;
  }
}
bool is_signed(Predicate p) { return p >= Predicate::sgt; }

}  // namespace

Condition Generator::condition_of(Predicate p) {
  switch (p) {
    case Predicate::eq:
      return Condition::equal;
    case Predicate::ne:
      return Condition::not_equal;
    case Predicate::ugt:
      return Condition::above;
    case Predicate::uge:
      return Condition::above_equal;
    case Predicate::ult:
      return Condition::below;
    case Predicate::ule:
      return Condition::below_equal;
    case Predicate::sgt:
      return Condition::greater;
    case Predicate::sge:
      return Condition::greater_equal;
    case Predicate::slt:
      return Condition::less;
    default:
      return Condition::less_equal;
  }
}

/// The flags of `first` & `second`.
void Generator::test(ValueId first, ValueId second) {
  const Source b = word(second);
  const Source a = word(first);
  if (b.is_constant) {
    if (!a.place.is_memory && has_low_byte(a.place.reg) && b.constant < 0x80) {
      encoder_.op_byte(op::test8_constant, 0, a.place, static_cast<uint8_t>(b.constant));
    } else {
      encoder_.test_constant(a.place, b.constant);
    }
  } else if (a.place.is_memory || b.reads(eax)) {
    load(eax, b);
    encoder_.op(op::test, eax, a.place);
  } else {
    encoder_.op(op::test, a.place.reg, b.place);
  }
}

Generator::Flags Generator::compare_words(const Instruction& i) {
  const auto predicate = static_cast<Predicate>(i.code);
  Flags flags;
  flags.first = condition_of(predicate);
  ValueId first = operand(i, 0), second = operand(i, 1);
  const uint32_t bits = bits_of(first);
  if (constants_.is_constant(behind_aliases(body_, selection_, first)) ||
      (role(second) != Role::operand && needs_eax(second) && !needs_eax(first))) {
    const ValueId t = first;
    first = second;
    second = t;
    flags.first = exchanged(flags.first);
  }
  if (is_signed(predicate) && bits < 32) {
    // As unsigned numbers, with the sign's bit turned around.
    const uint32_t sign = 1U << (bits - 1);
    Source b = word(second);
    load(eax, word(first));
    if (b.is_constant) {
      encoder_.alu_constant(Alu::xor_, in_register(eax), sign);
      encoder_.alu_constant(Alu::cmp, in_register(eax), b.constant ^ sign);
    } else {
      // (a ^ s) - (b ^ s) has the carry of the comparison: both are shifted up to 32 bits instead.
      const auto up = static_cast<uint8_t>(32 - bits);
      encoder_.shift(Shift::shl, in_register(eax), up);
      encoder_.op(op::movd_load, xmm7, b.place);
      encoder_.op_byte(op::psrl_d, 6, in_register(xmm7), up);  // pslld
      encoder_.op(op::movd_store, xmm7, slot_place(aside_slots_));
      encoder_.alu(Alu::cmp, eax, slot_place(aside_slots_));
      return flags;
    }
    static constexpr Condition kUnsigned[] = {Condition::below, Condition::above_equal,
                                              Condition::below_equal, Condition::above};
    flags.first =
        kUnsigned[static_cast<uint32_t>(flags.first) - static_cast<uint32_t>(Condition::less)];
    return flags;
  }
  Source b = word(second);
  if (b.reads(eax) && (needs_eax(first) || role(first) == Role::operand)) {
    load(eax, b);
    encoder_.op(op::mov_store, eax, slot_place(aside_slots_));
    b = source_at(slot_place(aside_slots_));
  }
  if (b.reads(eax)) {
    // One operand took eax. The other stands in a register or in memory, where it is compared.
    const Source a = word(first);
    if (a.is_constant || (a.place.is_memory && b.place.is_memory)) {
      load(eax, b);
      a.is_constant ? encoder_.alu_constant(Alu::cmp, in_register(eax), a.constant)
                    : encoder_.alu(Alu::cmp, eax, a.place);
      flags.first = exchanged(flags.first);
    } else if (b.place.is_memory) {
      encoder_.alu(Alu::cmp, a.place.reg, b.place);
    } else {
      encoder_.alu_to_place(Alu::cmp, a.place, b.place.reg);
    }
    return flags;
  }
  if (role(first) == Role::condition) {  // of and
    const Instruction& both = source_of(first);
    test(operand(both, 0), operand(both, 1));
    return flags;
  }
  Source a = word(first);
  if (b.is_constant) {
    if (b.constant == 0 && a.is_register()) {
      const bool equality = predicate == Predicate::eq || predicate == Predicate::ne;
      equality ? encoder_.test_zero(a.place.reg) : encoder_.op(op::test, a.place.reg, a.place);
    } else if (a.is_constant) {
      load(eax, a);
      encoder_.alu_constant(Alu::cmp, in_register(eax), b.constant);
    } else {
      encoder_.alu_constant(Alu::cmp, a.place, b.constant);
    }
    return flags;
  }
  if (a.place.is_memory && b.place.is_memory) {
    load(eax, a);
    a = source_at(in_register(eax));
  }
  if (a.place.is_memory) {
    encoder_.alu_to_place(Alu::cmp, a.place, b.place.reg);
  } else {
    encoder_.alu(Alu::cmp, a.place.reg, b.place);
  }
  return flags;
}

/// Of 64 bits, all but eq and ne, which jump (jump_if) or are computed (equal_pairs).
Generator::Flags Generator::compare_pairs(const Instruction& i) {
  const auto predicate = static_cast<Predicate>(i.code);
  Flags flags;
  ValueId a = operand(i, 0), b = operand(i, 1);
  const uint32_t bits = type(type_of(a)).count;
  Condition c = condition_of(predicate);
  if (predicate == Predicate::eq || predicate == Predicate::ne) {
    // Of the halves' differences.
    const Source low = word(a, 0), high = word(a, 1), low_b = word(b, 0), high_b = word(b, 1);
    const auto zero = [](const Source& s) { return s.is_constant && s.constant == 0; };
    if (zero(low_b) && zero(high_b)) {
      load(eax, low);
      high.is_constant ? encoder_.alu_constant(Alu::or_, in_register(eax), high.constant)
                       : encoder_.alu(Alu::or_, eax, high.place);
    } else {
      const Place aside = slot_place(aside_slots_);
      load(eax, low);
      low_b.is_constant ? encoder_.alu_constant(Alu::xor_, in_register(eax), low_b.constant)
                        : encoder_.alu(Alu::xor_, eax, low_b.place);
      encoder_.op(op::mov_store, eax, aside);
      load(eax, high);
      high_b.is_constant ? encoder_.alu_constant(Alu::xor_, in_register(eax), high_b.constant)
                         : encoder_.alu(Alu::xor_, eax, high_b.place);
      encoder_.alu(Alu::or_, eax, aside);
    }
    flags.first = c;
    return flags;
  }
  // a < b and a >= b by subtraction; the others with the operands exchanged.
  if (c == Condition::above || c == Condition::below_equal || c == Condition::greater ||
      c == Condition::less_equal) {
    const ValueId t = a;
    a = b;
    b = t;
    c = exchanged(c);
  }
  flags.first = c;
  const auto top = [&](ValueId id) {
    load(eax, word(id, 1));
    if (is_signed(predicate) && bits < 64) {
      encoder_.shift(Shift::shl, in_register(eax), static_cast<uint8_t>(64 - bits));
    }
  };
  Source b_high = word(b, 1);
  if (is_signed(predicate) && bits < 64) {
    top(b);
    encoder_.op(op::mov_store, eax, slot_place(aside_slots_));
    b_high = source_at(slot_place(aside_slots_));
  }
  const Source low = word(a, 0), low_b = word(b, 0);
  // The upper half is shifted before the carry is made.
  const bool shifted = is_signed(predicate) && bits < 64;
  if (shifted) {
    top(a);
    encoder_.op(op::mov_store, eax, slot_place(aside_slots_ + 4));
  }
  if (low.is_register() && !low_b.is_constant) {
    encoder_.alu(Alu::cmp, low.place.reg, low_b.place);
  } else if (!low.is_constant && low_b.is_constant) {
    encoder_.alu_constant(Alu::cmp, low.place, low_b.constant);
  } else {
    load(eax, low);
    low_b.is_constant ? encoder_.alu_constant(Alu::cmp, in_register(eax), low_b.constant)
                      : encoder_.alu(Alu::cmp, eax, low_b.place);
  }
  load(eax, shifted ? source_at(slot_place(aside_slots_ + 4)) : word(a, 1));
  b_high.is_constant ? encoder_.alu_constant(Alu::sbb, in_register(eax), b_high.constant)
                     : encoder_.alu(Alu::sbb, eax, b_high.place);
  return flags;
}

Generator::Flags Generator::compare_reals(const Instruction& i) {
  const auto p = static_cast<Predicate>(i.code);
  ValueId a = operand(i, 0), b = operand(i, 1);
  Flags flags;
  if (compares_exchanged(p)) {
    const ValueId t = a;
    a = b;
    b = t;
  }
  const Code code = kind(a) == PartKind::real ? op::ucomisd : op::ucomiss;
  if (p == Predicate::fcmp_false || p == Predicate::fcmp_true) {
    encoder_.alu(Alu::cmp, eax, in_register(eax));
    flags.first = p == Predicate::fcmp_true ? Condition::equal : Condition::not_equal;
    return flags;
  }
  encoder_.op(code, vector_register(a, xmm7), vector(b));
  return flags_of_reals(p);
}

/// Of ucomiss, its operands exchanged where compares_exchanged() says so. Not of those that are
/// always true or false.
Generator::Flags Generator::flags_of_reals(Predicate p) {
  Flags flags;
  switch (p) {
    case Predicate::fcmp_oeq:
      flags = {Condition::equal, Condition::no_parity, Flags::both};
      break;
    case Predicate::fcmp_une:
      flags = {Condition::not_equal, Condition::parity, Flags::either};
      break;
    case Predicate::fcmp_ogt:
    case Predicate::fcmp_olt:
      flags.first = Condition::above;
      break;
    case Predicate::fcmp_oge:
    case Predicate::fcmp_ole:
      flags.first = Condition::above_equal;
      break;
    case Predicate::fcmp_ult:
    case Predicate::fcmp_ugt:
      flags.first = Condition::below;
      break;
    case Predicate::fcmp_ule:
    case Predicate::fcmp_uge:
      flags.first = Condition::below_equal;
      break;
    case Predicate::fcmp_one:
      flags.first = Condition::not_equal;
      break;
    case Predicate::fcmp_ueq:
      flags.first = Condition::equal;
      break;
    case Predicate::fcmp_ord:
      flags.first = Condition::no_parity;
      break;
    default:
      flags.first = Condition::parity;
      break;
  }
  return flags;
}

}  // namespace jit
