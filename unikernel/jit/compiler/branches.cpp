// Conditions, what is decided by them, and the edges between blocks.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

namespace {

Condition condition_of(Predicate p) {
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
      encoder_.op(op::test, a.place.reg, a.place);
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
    encoder_.op(op::test, source.place.reg, source.place);
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

void Generator::set_on(const Flags& flags, const Place& to) {
  constexpr Register al = 0, ah = 4;
  encoder_.op(op::setcc + static_cast<uint32_t>(flags.first), 0, in_register(al));
  if (flags.how != Flags::one) {
    encoder_.op(op::setcc + static_cast<uint32_t>(flags.second), 0, in_register(ah));
    encoder_.op(flags.how == Flags::both ? 0x22 : 0x0A, al, in_register(ah));
  }
  const Register in = to.is_memory ? eax : to.reg;
  encoder_.op(op::movzx8, in, in_register(al));
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

/// The smaller or larger of two: minss and maxss give the second where neither is, as this does.
bool Generator::select_extreme(const Instruction& i) {
  const ValueId condition = operand(i, 0);
  const PartKind what = part_kind(module_, i.type);
  if ((what != PartKind::single && what != PartKind::real) || role(condition) != Role::condition ||
      source_of(condition).op != Opcode::compare) {
    return false;
  }
  const Instruction& c = source_of(condition);
  const auto p = static_cast<Predicate>(c.code);
  if (operand(c, 0) != operand(i, 1) || operand(c, 1) != operand(i, 2)) return false;
  if (p != Predicate::fcmp_olt && p != Predicate::fcmp_ogt) return false;
  vector_binary(of_kind(p == Predicate::fcmp_olt ? op::min_s : op::max_s, what, false), i,
                operand(i, 1), operand(i, 2), false);
  return true;
}

/// Lane by lane, by the mask of a comparison: (mask & a) | (~mask & b).
void Generator::select_lanes(const Instruction& i) {
  const Instruction& c = source_of(operand(i, 0));
  const TypeId id = type_of(operand(c, 0));
  const uint32_t bits = lane_bits(id);
  const auto p = static_cast<Predicate>(c.code);
  const bool real = type(type(id).first).kind != TypeKind::integer;
  ValueId a = operand(c, 0), b = operand(c, 1), yes = operand(i, 1), no = operand(i, 2);
  const auto exchange = [](ValueId& x, ValueId& y) {
    const ValueId t = x;
    x = y;
    y = t;
  };
  Code code = 0;
  uint8_t which = 0;
  if (real) {
    // cmpps: 0 eq, 1 lt, 2 le, 3 unord, 4 neq, 5 nlt, 6 nle, 7 ord.
    code = is_double(id) ? 0x66'0F'C2U : 0x0F'C2U;
    switch (p) {
      case Predicate::fcmp_oeq:
        which = 0;
        break;
      case Predicate::fcmp_ogt:
        exchange(a, b);
        which = 1;
        break;
      case Predicate::fcmp_oge:
        exchange(a, b);
        which = 2;
        break;
      case Predicate::fcmp_olt:
        which = 1;
        break;
      case Predicate::fcmp_ole:
        which = 2;
        break;
      case Predicate::fcmp_uno:
        which = 3;
        break;
      case Predicate::fcmp_une:
        which = 4;
        break;
      case Predicate::fcmp_uge:
        which = 5;
        break;
      case Predicate::fcmp_ugt:
        which = 6;
        break;
      case Predicate::fcmp_ule:
        exchange(a, b);
        which = 5;
        break;
      case Predicate::fcmp_ult:
        exchange(a, b);
        which = 6;
        break;
      default:
        which = 7;
        break;
    }
  } else {
    // pcmpeq and pcmpgt; the others are these with something exchanged.
    const bool equal = p == Predicate::eq || p == Predicate::ne;
    const uint32_t step = bits == 8 ? 0 : bits == 16 ? 1 : 2;
    code = 0x66'0F'00U | ((equal ? 0x74U : 0x64U) + step);
    if (p == Predicate::ne || p == Predicate::sge || p == Predicate::sle) exchange(yes, no);
    if (p == Predicate::slt || p == Predicate::sge) exchange(a, b);
  }
  move_vector(PartKind::packed, in_register(xmm7), vector(a));
  const Place second = vector_operand(b, xmm6);
  real ? encoder_.op_byte(code, xmm7, second, which) : encoder_.op(code, xmm7, second);
  const Place to = result(i);
  move_vector(PartKind::packed, in_register(xmm6), vector(yes));
  encoder_.op(op::andps, xmm6, in_register(xmm7));
  const Place other = vector(no);
  if (!other.is_memory || constants_.is_constant(no)) {
    encoder_.op(op::andnps, xmm7, other);
  } else {
    // What stands in memory may not be aligned: through xmm6, while the first half waits.
    move_vector(PartKind::packed, to, in_register(xmm6));
    move_vector(PartKind::packed, in_register(xmm6), other);
    encoder_.op(op::andnps, xmm7, in_register(xmm6));
    if (!to.is_memory && to.reg != xmm6) encoder_.op(op::movaps, xmm6, to);
    if (to.is_memory) move_vector(PartKind::packed, in_register(xmm6), to);
  }
  encoder_.op(op::orps, xmm7, in_register(xmm6));
  move_vector(PartKind::packed, to, in_register(xmm7));
}

void Generator::select(const Instruction& i) {
  if (part_kind(module_, i.type) == PartKind::packed && kind(operand(i, 0)) == PartKind::memory) {
    select_lanes(i);
    return;
  }
  const PartKind what = part_kind(module_, i.type);
  const ValueId condition = operand(i, 0), yes = operand(i, 1), no = operand(i, 2);
  if (select_extreme(i)) return;
  if (what == PartKind::word && !needs_eax(yes) && !needs_eax(no)) {
    const Place to = result(i);
    const Flags flags = flags_of(condition);
    if (flags.how == Flags::one) {
      Source a = word(yes), b = word(no);
      Condition c = flags.first;
      if ((a.is_constant && !b.is_constant) || (!to.is_memory && a.in(to.reg))) {
        const Source t = a;
        a = b;
        b = t;
        c = opposite(c);
      }
      if (a.is_constant) a = source_at(constant_bytes(a.constant, 0, 4));
      // `a` is read last: it must not be where the result is made.
      const Register in = to.is_memory || a.reads(to.reg) ? eax : to.reg;
      load(in, b);
      encoder_.op(op::cmov + static_cast<uint32_t>(c), in, a.place);
      finish(to, in);
      return;
    }
    const CodeLabel other = encoder_.label(), done = encoder_.label();
    jump_on(flags, false, other);
    move(to, word(yes));
    encoder_.jump(done);
    encoder_.bind(other);
    move(to, word(no));
    encoder_.bind(done);
    return;
  }
  const CodeLabel other = encoder_.label(), done = encoder_.label();
  if (role(condition) == Role::condition) {
    jump_if(condition, false, other);
  } else {
    jump_on(flags_of(condition), false, other);
  }
  take(i, yes);
  encoder_.jump(done);
  encoder_.bind(other);
  take(i, no);
  encoder_.bind(done);
}

/// `id` becomes i's result, which has its type.
void Generator::take(const Instruction& i, ValueId id) {
  switch (part_kind(module_, i.type)) {
    case PartKind::word:
      move(result(i), word(id));
      return;
    case PartKind::pair:
      move(result(i, 0), word(id, 0));
      move(result(i, 1), word(id, 1));
      return;
    case PartKind::memory:
      to_slots(id, memory_of(variable(i.result), 0));
      return;
    default:
      move_vector(part_kind(module_, i.type), result(i), vector(id));
  }
}

// ---- edges

bool Generator::has_moves(BlockId from, BlockId to) { return collect(from, to, nullptr); }

/// Where a jump along this edge goes: its moves, if it has any, then the block.
CodeLabel Generator::edge(BlockId from, BlockId to) {
  if (!has_moves(from, to)) return to;
  for (const Edge& e : edges_) {
    if (e.from == from && e.to == to) return e.label;
  }
  const CodeLabel label = encoder_.label();
  if (!edges_.add({from, to, label})) refuse("no memory for code");
  return label;
}

/// Falls into the block, or jumps there, behind the edge's moves.
void Generator::go(BlockId from, BlockId to) {
  moves(from, to);
  if (to != next_) encoder_.jump(to);
}

void Generator::branch_if(const Instruction& i, BlockId block) {
  const BlockId yes = operand(i, 1), no = operand(i, 2);
  const ValueId condition = operand(i, 0);
  uint32_t constant = 0;
  if (yes == no || constant_word(condition, 0, constant)) {
    go(block, yes == no || constant != 0 ? yes : no);
    return;
  }
  // What comes next is fallen into; else the jump that takes the condition goes to what is run more
  // often, or needs no moves.
  const bool other = depth_[no] != depth_[yes] ? depth_[no] > depth_[yes]
                                               : has_moves(block, yes) && !has_moves(block, no);
  const bool when = no == next_ || (yes != next_ && !other);
  const BlockId to = when ? yes : no, otherwise = when ? no : yes;
  jump_if(condition, when, edge(block, to));
  go(block, otherwise);
}

void Generator::switch_on(const Instruction& i, BlockId block) {
  const ValueId value = operand(i, 0);
  const bool pair = kind(value) == PartKind::pair;
  const uint32_t cases = (i.count - 2) / 2;
  const BlockId otherwise = operand(i, 1);
  uint32_t low = ~0U, high = 0;
  for (uint32_t k = 0; k < cases; ++k) {
    uint32_t c = 0;
    (void)constant_word(operand(i, 2 + 2 * k), 0, c);
    if (c < low) low = c;
    if (c > high) high = c;
  }
  const uint32_t range = high - low;
  if (!pair && cases >= 4 && range < cases * 4 && range < 4096) {
    const Span<CodeLabel> labels = {arena_.make<CodeLabel>(range + 1), range + 1};
    if (labels.data == nullptr) {
      refuse("no memory for code");
      return;
    }
    const CodeLabel other = edge(block, otherwise);
    for (CodeLabel& label : labels) label = other;
    for (uint32_t k = 0; k < cases; ++k) {
      uint32_t c = 0;
      (void)constant_word(operand(i, 2 + 2 * k), 0, c);
      labels[c - low] = edge(block, operand(i, 3 + 2 * k));
    }
    const Source v = word(value);
    Register index = eax;
    if (low == 0 && v.is_register()) {
      index = v.place.reg;
    } else if (v.is_register()) {
      encoder_.op(op::lea, eax,
                  in_memory({v.place.reg, kNoRegister, 0, static_cast<int32_t>(0U - low)}));
    } else {
      load(eax, v);
      if (low != 0) encoder_.alu_constant(Alu::sub, in_register(eax), low);
    }
    encoder_.alu_constant(Alu::cmp, in_register(index), range);
    encoder_.jump_if(Condition::above, other);
    const uint32_t table = encoder_.table({labels.data, labels.size});
    encoder_.jump_to(encoder_.table_entry(table, index));
    return;
  }
  for (uint32_t k = 0; k < cases; ++k) {
    uint32_t words[2] = {};
    (void)constants_.slots(operand(i, 2 + 2 * k), words);
    const CodeLabel to = edge(block, operand(i, 3 + 2 * k));
    const auto compare = [&](uint32_t part) {
      const Source v = word(value, part);
      if (v.is_constant) load(eax, v);
      if (words[part] == 0 && v.is_register()) {
        encoder_.op(op::test, v.place.reg, v.place);
      } else {
        encoder_.alu_constant(Alu::cmp, v.is_constant ? in_register(eax) : v.place, words[part]);
      }
    };
    const CodeLabel past = encoder_.label();
    compare(0);
    if (pair) {
      encoder_.jump_if(Condition::not_equal, past);
      compare(1);
    }
    encoder_.jump_if(Condition::equal, to);
    encoder_.bind(past);
  }
  go(block, otherwise);
}

void Generator::return_value(const Instruction& i) {
  if (i.count > 0) {
    const ValueId id = operand(i, 0);
    switch (kind(id)) {
      case PartKind::word:
        load(eax, word(id));
        break;
      case PartKind::pair:
        load(eax, word(id, 0));
        load_high_result(id);
        break;
      case PartKind::single:
      case PartKind::real:
      case PartKind::packed:
      case PartKind::half:
        move_vector(kind(id), in_register(0), vector(id));
        break;
      case PartKind::memory:
        // Where the caller's arguments were; the value may be one of them.
        to_slots(id, incoming_place(0));
        break;
      case PartKind::none:
        break;
    }
  }
  epilogue();
}

/// The upper half to edx, when eax has the lower one.
void Generator::load_high_result(ValueId id) {
  const Source high = word(id, 1);
  if (high.in(eax)) {
    refuse("a result in eax");
    return;
  }
  load(edx, high);
}

void Generator::terminator(const Instruction& i, BlockId block) {
  switch (i.op) {
    case Opcode::branch:
      go(block, operand(i, 0));
      return;
    case Opcode::branch_if:
      branch_if(i, block);
      return;
    case Opcode::switch_on:
      switch_on(i, block);
      return;
    case Opcode::return_value:
      return_value(i);
      return;
    default:
      end(Outcome::unreachable);
  }
}

}  // namespace jit
