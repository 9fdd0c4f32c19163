// select: by a conditional move, by a jump, or by the mask of a comparison of vectors.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

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

/// All bits of each lane for which the comparison of two vectors of 128 bits holds, to xmm7; uses
/// xmm6. true: for which it does not. is_mask_comparison() says of which it can be asked.
bool Generator::make_mask(const Instruction& c) {
  const TypeId id = type_of(operand(c, 0));
  const uint32_t bits = lane_bits(id);
  const auto p = static_cast<Predicate>(c.code);
  const bool real = type(type(id).first).kind != TypeKind::integer;
  ValueId a = operand(c, 0), b = operand(c, 1);
  const auto exchange = [](ValueId& x, ValueId& y) {
    const ValueId t = x;
    x = y;
    y = t;
  };
  Code code = 0;
  uint8_t which = 0;
  bool inverted = false;
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
    // pcmpeq and pcmpgt; the others are these with something exchanged, or inverted.
    const bool equal = p == Predicate::eq || p == Predicate::ne;
    const uint32_t step = bits == 8 ? 0 : bits == 16 ? 1 : 2;
    code = 0x66'0F'00U | ((equal ? 0x74U : 0x64U) + step);
    inverted = p == Predicate::ne || p == Predicate::sge || p == Predicate::sle;
    if (p == Predicate::slt || p == Predicate::sge) exchange(a, b);
  }
  move_vector(PartKind::packed, in_register(xmm7), vector(a));
  const Place second = vector_operand(b, xmm6);
  real ? encoder_.op_byte(code, xmm7, second, which) : encoder_.op(code, xmm7, second);
  return inverted;
}

/// Lane by lane, by the mask of a comparison: (mask & a) | (~mask & b).
void Generator::select_lanes(const Instruction& i) {
  const bool inverted = make_mask(source_of(operand(i, 0)));
  const ValueId yes = operand(i, inverted ? 2 : 1), no = operand(i, inverted ? 1 : 2);
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
      move_freely(result(i), word(id));
      return;
    case PartKind::pair:
      move_freely(result(i, 0), word(id, 0));
      move_freely(result(i, 1), word(id, 1));
      return;
    case PartKind::memory:
      to_slots(id, memory_of(variable(i.result), 0));
      return;
    default:
      move_vector(part_kind(module_, i.type), result(i), vector(id));
  }
}

}  // namespace jit
