// Floats and doubles, in SSE registers.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

Code Generator::of_kind(Code code, PartKind kind, bool doubles) {
  switch (kind) {
    case PartKind::single:
      return op::kScalarSingle | code;
    case PartKind::real:
      return op::kScalarDouble | code;
    default:
      return doubles ? op::kPackedDouble | code : code;
  }
}

/// An operand of a packed instruction in memory must be aligned, which the caller's slots need not
/// be, and of 128 bits.
Place Generator::vector_operand(ValueId id, Register otherwise) {
  const Place place = vector(id);
  const PartKind what = kind(id);
  const bool packed = what == PartKind::packed || what == PartKind::half;
  if (place.is_memory && packed && role(id) != Role::operand && !constants_.is_constant(id)) {
    const bool aligned = what == PartKind::packed && has_variable(id) && !variable(id).incoming;
    if (aligned) return place;
    move_vector(what, in_register(otherwise), place);
    return in_register(otherwise);
  }
  return place;
}

void Generator::vector_binary(Code code, const Instruction& i, ValueId a, ValueId b,
                              bool commutes) {
  const PartKind what = part_kind(module_, i.type);
  if (commutes && (role(a) == Role::operand || b == kept_)) {
    const ValueId t = a;
    a = b;
    b = t;
  }
  const Place to = result(i);
  Place second = vector_operand(b, xmm6);
  const Place first = vector(a);
  if (!to.is_memory && !second.is_memory && second.reg == to.reg &&
      !(!first.is_memory && first.reg == to.reg)) {
    if (commutes) {
      encoder_.op(code, to.reg, vector_operand(a, xmm7));
      return;
    }
    move_vector(what, in_register(xmm7), first);
    encoder_.op(code, xmm7, second);
    move_vector(what, to, in_register(xmm7));
    return;
  }
  const Register in = to.is_memory ? xmm7 : to.reg;
  move_vector(what, in_register(in), first);
  encoder_.op(code, in, second);
  move_vector(what, to, in_register(in));
}

void Generator::real_binary(const Instruction& i) {
  const bool doubles = is_double(i.type);
  const PartKind what = part_kind(module_, i.type);
  Code code = op::add_s;
  bool commutes = true;
  switch (static_cast<BinaryOp>(i.code)) {
    case BinaryOp::fsub:
      code = op::sub_s;
      commutes = false;
      break;
    case BinaryOp::fmul:
      code = op::mul_s;
      break;
    case BinaryOp::fdiv:
      code = op::div_s;
      commutes = false;
      break;
    default:
      break;
  }
  vector_binary(of_kind(code, what, doubles), i, operand(i, 0), operand(i, 1), commutes);
}

/// Of a vector's elements, or itself.
bool Generator::is_double(TypeId id) const {
  const Type& t = type(id);
  return t.kind == TypeKind::double_type ||
         (t.kind == TypeKind::vector && type(t.first).kind == TypeKind::double_type);
}

/// The sign bits (or all others) of each lane.
Place Generator::sign_mask(TypeId id, bool others) {
  const uint64_t one = is_double(id) ? uint64_t{1} << 63 : 0x8000'0000'8000'0000ULL;
  const uint64_t mask = others ? ~one : one;
  return constant_bytes(mask, mask, 16);
}

void Generator::with_mask(const Instruction& i, ValueId a, Code code, bool others) {
  const PartKind what = part_kind(module_, i.type);
  const Place to = result(i);
  const Register in = to.is_memory ? xmm7 : to.reg;
  move_vector(what, in_register(in), vector(a));
  encoder_.op(code, in, sign_mask(i.type, others));
  move_vector(what, to, in_register(in));
}

void Generator::real_cast(const Instruction& i) {
  const ValueId from = operand(i, 0);
  const PartKind what = part_kind(module_, i.type);
  const bool to_double = what == PartKind::real;
  const Place to = result(i);
  const Register in = to.is_memory ? xmm7 : to.reg;
  switch (static_cast<CastOp>(i.code)) {
    case CastOp::fpext:
      encoder_.op(op::cvtss2sd, in, vector(from));
      break;
    case CastOp::fptrunc:
      encoder_.op(op::cvtsd2ss, in, vector(from));
      break;
    case CastOp::sitofp: {
      const uint32_t bits = bits_of(from);
      Source a = word(from);
      if (bits < 32 || a.is_constant) {
        if (bits == 1) {
          load(eax, a);
          encoder_.op(op::unary, 3, in_register(eax));
        } else {
          sign_extend(eax, a, bits);
        }
        a = source_at(in_register(eax));
      }
      encoder_.op(to_double ? op::cvtsi2sd : op::cvtsi2ss, in, a.place);
      break;
    }
    case CastOp::uitofp: {
      Source a = word(from);
      if (bits_of(from) < 32) {
        if (a.is_constant) {
          load(eax, a);
          a = source_at(in_register(eax));
        }
        encoder_.op(to_double ? op::cvtsi2sd : op::cvtsi2ss, in, a.place);
        break;
      }
      // As the low bits of 2^52, which then is taken away.
      if (a.is_constant) {
        load(eax, a);
        a = source_at(in_register(eax));
      }
      const Place magic =
          constant_bytes(uint64_t{0x43300000} << 32, uint64_t{0x43300000} << 32, 16);
      encoder_.op(op::movd_load, in, a.place);
      encoder_.op(op::por, in, magic);
      encoder_.op(op::kScalarDouble | op::sub_s, in, magic);
      if (!to_double) encoder_.op(op::cvtsd2ss, in, in_register(in));
      break;
    }
    case CastOp::bitcast:
      if (kind(from) == PartKind::pair) {
        const Source low = word(from, 0), high = word(from, 1);
        const auto take = [&](Register x, const Source& s) {
          if (s.is_constant) {
            load(eax, s);
            encoder_.op(op::movd_load, x, in_register(eax));
          } else {
            encoder_.op(op::movd_load, x, s.place);
          }
        };
        take(in, low);
        take(in == xmm7 ? xmm6 : xmm7, high);
        encoder_.op(op::punpckldq, in, in_register(in == xmm7 ? xmm6 : xmm7));
      } else {
        const Source a = word(from);
        if (a.is_constant) {
          load(eax, a);
          encoder_.op(op::movd_load, in, in_register(eax));
        } else {
          encoder_.op(op::movd_load, in, a.place);
        }
      }
      break;
    default:
      refuse("a cast to a floating-point number");
  }
  move_vector(what, to, in_register(in));
}

/// fptosi, and fptoui below 32 bits.
void Generator::real_to_word(const Instruction& i) {
  const ValueId from = operand(i, 0);
  const Place to = result(i);
  const Register in = to.is_memory ? eax : to.reg;
  encoder_.op(kind(from) == PartKind::real ? op::cvttsd2si : op::cvttss2si, in, vector(from));
  clean(in, word_bits(type(i.type)));
  finish(to, in);
}

void Generator::real_instruction(const Instruction& i) {
  switch (i.op) {
    case Opcode::binary:
      real_binary(i);
      return;
    case Opcode::negate:
      with_mask(i, operand(i, 0), op::xorps, false);
      return;
    case Opcode::cast:
      real_cast(i);
      return;
    case Opcode::freeze:
      move_vector(part_kind(module_, i.type), result(i), vector(operand(i, 0)));
      return;
    default:
      refuse("an instruction with a floating-point number as its result");
  }
}

}  // namespace jit
