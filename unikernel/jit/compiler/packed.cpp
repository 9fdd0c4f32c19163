// Vectors of 128 bits.
#include "compiler/generator.h"
#include "compiler/shuffles.h"

namespace jit {

using namespace x86_32;

uint32_t Generator::lane_bits(TypeId id) const {
  const Type& t = type(id);
  const Type& lane = type(t.kind == TypeKind::vector ? t.first : id);
  switch (lane.kind) {
    case TypeKind::integer:
      return lane.count;
    case TypeKind::double_type:
      return 64;
    default:
      return 32;
  }
}

/// The same constant in each lane.
bool Generator::splat_of(ValueId id, uint32_t& amount) const {
  uint32_t words[4] = {};
  if (!constants_.is_constant(id) || !constants_.slots(id, words)) return false;
  const uint32_t bits = lane_bits(type_of(id));
  amount = words[0] & mask_of(bits < 32 ? bits : 32);
  const uint32_t word = bits == 8    ? amount * 0x01010101U
                        : bits == 16 ? amount * 0x00010001U
                                     : amount;
  const uint32_t high = bits == 64 ? 0 : word;
  return words[0] == word && words[1] == high && words[2] == word && words[3] == high;
}

namespace {

/// paddb, paddw, paddd, paddq and the like: the opcode for lanes of 8, 16, 32 and 64 bits.
Code by_lane(uint32_t bits, Code b8, Code b16, Code b32, Code b64) {
  return 0x66'0F'00U | (bits == 8 ? b8 : bits == 16 ? b16 : bits == 32 ? b32 : b64);
}

}  // namespace

/// Of whole registers, lane by lane, where there is such an instruction: not mul of 8, 32 and 64
/// bits, and no shifts.
Code Generator::packed_code(BinaryOp which, uint32_t bits, bool doubles) {
  const Code prefix = doubles ? op::kPackedDouble : 0;
  switch (which) {
    case BinaryOp::add:
      return by_lane(bits, 0xFC, 0xFD, 0xFE, 0xD4);
    case BinaryOp::sub:
      return by_lane(bits, 0xF8, 0xF9, 0xFA, 0xFB);
    case BinaryOp::mul:
      return op::pmullw;
    case BinaryOp::and_:
      return op::pand;
    case BinaryOp::or_:
      return op::por;
    case BinaryOp::xor_:
      return op::pxor;
    case BinaryOp::fsub:
      return prefix | op::sub_s;
    case BinaryOp::fmul:
      return prefix | op::mul_s;
    case BinaryOp::fdiv:
      return prefix | op::div_s;
    default:
      return prefix | op::add_s;
  }
}

bool Generator::shuffle_mask(const Instruction& i, uint32_t* mask, uint32_t& lanes) const {
  lanes = type(i.type).count;
  const ValueId id = operand(i, 2);
  return lanes <= 16 && type(type_of(id)).count == lanes && constants_.slots(id, mask) &&
         kind(operand(i, 0)) == part_kind(module_, i.type);
}

/// Whether what results in, or is computed from, a vector of 128 bits is made here.
bool Generator::is_packed_native(const Instruction& i) const {
  const uint32_t bits = lane_bits(i.type);
  const PartKind first = i.count > 0 ? kind(operand(i, 0)) : PartKind::none;
  uint32_t amount = 0;
  switch (i.op) {
    case Opcode::binary:
      switch (static_cast<BinaryOp>(i.code)) {
        case BinaryOp::add:
        case BinaryOp::sub:
          return bits == 8 || bits == 16 || bits == 32 || bits == 64;
        case BinaryOp::mul:
          return bits == 16 || bits == 32;
        case BinaryOp::shl:
        case BinaryOp::lshr:
          return bits != 8 && splat_of(operand(i, 1), amount);
        case BinaryOp::ashr:
          return (bits == 16 || bits == 32) && splat_of(operand(i, 1), amount);
        case BinaryOp::and_:
        case BinaryOp::or_:
        case BinaryOp::xor_:
        case BinaryOp::fadd:
        case BinaryOp::fsub:
        case BinaryOp::fmul:
        case BinaryOp::fdiv:
          return true;
        default:
          return false;
      }
    case Opcode::negate:
    case Opcode::freeze:
      return true;
    case Opcode::cast:
      switch (static_cast<CastOp>(i.code)) {
        case CastOp::sitofp:
        case CastOp::fptosi:
          return first == part_kind(module_, i.type) && bits == 32 &&
                 lane_bits(type_of(operand(i, 0))) == 32;
        default:
          return false;
      }
    case Opcode::shuffle: {
      uint32_t mask[16], lanes = 0;
      return shuffle_mask(i, mask, lanes) &&
             (part_kind(module_, i.type) == PartKind::half || find_shuffle(mask, lanes).code != 0);
    }
    case Opcode::insert_element: {
      uint32_t words[2] = {};
      return constants_.is_constant(operand(i, 2)) && constants_.slots(operand(i, 2), words) &&
             words[1] == 0 && words[0] < type(i.type).count && bits >= 16 && bits <= 64 &&
             !(bits == 64 && !is_double(i.type));
    }
    default:
      return false;
  }
}

void Generator::packed_multiply(const Instruction& i) {
  // Lanes 0 and 2, then 1 and 3, as products of 64 bits whose low halves are put together.
  const Register b = vector_register(operand(i, 1), xmm6);
  encoder_.op_byte(op::pshufd, xmm7, vector_in_register(operand(i, 0)), 0xF5);
  // The second factor's odd lanes: through the result, which conflicts with the operands.
  const Place to = result(i);
  const Register in = to.reg;
  encoder_.op_byte(op::pshufd, in, in_register(b), 0xF5);
  encoder_.op(op::pmuludq, xmm7, in_register(in));
  move_vector(part_kind(module_, i.type), in_register(in), vector(operand(i, 0)));
  encoder_.op(op::pmuludq, in, in_register(b));
  encoder_.op_byte(op::pshufd, in, in_register(in), 0x08);
  encoder_.op_byte(op::pshufd, xmm7, in_register(xmm7), 0x08);
  encoder_.op(op::punpckldq, in, in_register(xmm7));
}

Place Generator::vector_in_register(ValueId id) { return in_register(vector_register(id, xmm7)); }

void Generator::packed_shift(const Instruction& i) {
  uint32_t amount = 0;
  (void)splat_of(operand(i, 1), amount);
  const uint32_t bits = lane_bits(i.type);
  const auto which = static_cast<BinaryOp>(i.code);
  const Place to = result(i);
  const Register in = to.is_memory ? xmm7 : to.reg;
  move_vector(part_kind(module_, i.type), in_register(in), vector(operand(i, 0)));
  const Code code = bits == 16 ? op::psrl_w : bits == 32 ? op::psrl_d : op::psrl_q;
  const Register number = which == BinaryOp::shl ? 6 : which == BinaryOp::lshr ? 2 : 4;
  encoder_.op_byte(code, number, in_register(in), static_cast<uint8_t>(amount));
  move_vector(part_kind(module_, i.type), to, in_register(in));
}

void Generator::shuffle(const Instruction& i) {
  uint32_t mask[16], lanes = 0;
  (void)shuffle_mask(i, mask, lanes);
  if (part_kind(module_, i.type) == PartKind::half) {
    // Of the four lanes of both, put side by side.
    const bool first = mask[0] < 2 && mask[1] < 2, second = mask[0] >= 2 && mask[1] >= 2;
    const auto control = static_cast<uint8_t>((second ? mask[0] - 2 : mask[0]) |
                                              (second ? mask[1] - 2 : mask[1]) << 2 | 0xE0);
    const Place to = result(i);
    const Register in = to.is_memory ? xmm7 : to.reg;
    Place from = vector_operand(operand(i, second ? 1 : 0), xmm7);
    if (!first && !second) {
      const Place other = vector_operand(operand(i, 1), xmm6);
      move_vector(PartKind::half, in_register(xmm7), from);
      encoder_.op(op::punpcklqdq, xmm7, other);
      from = in_register(xmm7);
    }
    encoder_.op_byte(op::pshufd, in, from, control);
    move_vector(PartKind::half, to, in_register(in));
    return;
  }
  const Shuffle s = find_shuffle(mask, lanes);
  const ValueId a = operand(i, s.exchanged ? 1 : 0), b = operand(i, s.exchanged ? 0 : 1);
  const Place to = result(i);
  if (s.single) {
    const Register in = to.is_memory ? xmm7 : to.reg;
    encoder_.op_byte(s.code, in, vector_operand(a, xmm7), s.control);
    move_vector(part_kind(module_, i.type), to, in_register(in));
    return;
  }
  const Place second = vector_operand(b, xmm6);
  const bool busy = !to.is_memory && !second.is_memory && second.reg == to.reg;
  const Register in = to.is_memory || busy ? xmm7 : to.reg;
  move_vector(part_kind(module_, i.type), in_register(in), vector(a));
  s.has_control ? encoder_.op_byte(s.code, in, second, s.control) : encoder_.op(s.code, in, second);
  move_vector(part_kind(module_, i.type), to, in_register(in));
}

/// A constant of 128 bits whose words are 0, but for the first.
bool Generator::is_zero_behind_first(ValueId id) const {
  uint32_t words[4] = {};
  return constants_.is_constant(id) && kind(id) == PartKind::packed &&
         constants_.slots(id, words) && (words[1] | words[2] | words[3]) == 0;
}

void Generator::insert_element(const Instruction& i) {
  uint32_t lane = 0;
  (void)constant_word(operand(i, 2), 0, lane);
  const uint32_t bits = lane_bits(i.type);
  const ValueId element = operand(i, 1);
  const PartKind what = kind(element);
  const Place to = result(i);
  const Register in = to.is_memory ? xmm7 : to.reg;
  const bool zeros = what == PartKind::word && bits == 32 && is_zero_behind_first(operand(i, 0));
  if ((is_undefined(operand(i, 0)) || zeros) && lane == 0 && bits >= 32) {
    if (what == PartKind::word) {
      const Source x = word(element);
      if (x.is_constant) load(eax, x);
      encoder_.op(op::movd_load, in, x.is_constant ? in_register(eax) : x.place);
    } else {
      move_vector(what, in_register(in), vector(element));
    }
    move_vector(part_kind(module_, i.type), to, in_register(in));
    return;
  }
  // The element may be where the result goes: it steps aside first.
  Register scalar = kNoRegister;
  if (what != PartKind::word) {
    scalar = vector_register(element, xmm6);
    if (scalar == in) {
      move_vector(PartKind::packed, in_register(xmm6), in_register(scalar));
      scalar = xmm6;
    }
  }
  move_vector(part_kind(module_, i.type), in_register(in), vector(operand(i, 0)));
  if (what == PartKind::real) {
    encoder_.op(lane == 0 ? op::movsd_load : 0x66'0F'14, in, in_register(scalar));  // unpcklpd
  } else if (what == PartKind::single && lane == 1 &&
             part_kind(module_, i.type) == PartKind::half) {
    encoder_.op(op::punpckldq, in, in_register(scalar));
  } else if (what == PartKind::single && lane == 0) {
    encoder_.op(op::movss_load, in, in_register(scalar));
  } else {
    if (what == PartKind::single) {
      encoder_.op(op::movd_store, scalar, in_register(eax));
    } else {
      load(eax, word(element));
    }
    const uint32_t first = bits == 16 ? lane : lane * 2;
    encoder_.op_byte(op::pinsrw, in, in_register(eax), static_cast<uint8_t>(first));
    if (bits == 32) {
      encoder_.shift(Shift::shr, in_register(eax), 16);
      encoder_.op_byte(op::pinsrw, in, in_register(eax), static_cast<uint8_t>(first + 1));
    }
  }
  move_vector(part_kind(module_, i.type), to, in_register(in));
}

bool Generator::extracts_natively(const Instruction& i) const {
  const PartKind from = kind(operand(i, 0));
  return (from == PartKind::packed || from == PartKind::half) &&
         constants_.is_constant(operand(i, 1)) && !constants_.is_constant(operand(i, 0)) &&
         part_kind(module_, i.type) != PartKind::memory && lane_bits(type_of(operand(i, 0))) >= 8;
}

void Generator::extract_element(const Instruction& i) {
  uint32_t lane = 0;
  (void)constant_word(operand(i, 1), 0, lane);
  const ValueId from = operand(i, 0);
  const uint32_t bits = lane_bits(type_of(from));
  const PartKind what = part_kind(module_, i.type);
  const Place place = vector(from);
  if (place.is_memory) {
    const Place at = moved_by(place, lane * bits / 8);
    if (what == PartKind::pair) {
      move(result(i, 0), source_at(at));
      move(result(i, 1), source_at(moved_by(at, 4)));
    } else if (what == PartKind::word) {
      const Place to = result(i);
      const Register in = to.is_memory ? eax : to.reg;
      encoder_.op(bits == 8 ? op::movzx8 : bits == 16 ? op::movzx16 : op::mov_load, in, at);
      finish(to, in);
    } else {
      move_vector(what, result(i), at);
    }
    return;
  }
  if (what == PartKind::pair) {
    for (uint32_t half = 0; half < 2; ++half) {
      encoder_.op_byte(op::pshufd, xmm7, place, static_cast<uint8_t>(lane * 2 + half));
      encoder_.op(op::movd_store, xmm7, result(i, half));
    }
    return;
  }
  const Place to = result(i);
  if (what == PartKind::word) {
    if (bits == 32) {
      Register source = place.reg;
      if (lane != 0) {
        encoder_.op_byte(op::pshufd, xmm7, place, static_cast<uint8_t>(lane));
        source = xmm7;
      }
      encoder_.op(op::movd_store, source, to);
      return;
    }
    const Register in = to.is_memory ? eax : to.reg;
    encoder_.op_byte(op::pextrw, in, place, static_cast<uint8_t>(bits == 16 ? lane : lane / 2));
    if (bits == 8) {
      if (lane % 2 == 1) {
        encoder_.shift(Shift::shr, in_register(in), 8);
      } else {
        encoder_.alu_constant(Alu::and_, in_register(in), 0xFF);
      }
    }
    finish(to, in);
    return;
  }
  const Register in = to.is_memory ? xmm7 : to.reg;
  if (lane == 0) {
    move_vector(what, to, place);
    return;
  }
  encoder_.op_byte(op::pshufd, in, place,
                   static_cast<uint8_t>(what == PartKind::single ? lane : 0xEE));
  move_vector(what, to, in_register(in));
}

void Generator::packed_instruction(const Instruction& i) {
  const uint32_t bits = lane_bits(i.type);
  switch (i.op) {
    case Opcode::binary: {
      const auto which = static_cast<BinaryOp>(i.code);
      if (which == BinaryOp::mul && bits == 32) {
        packed_multiply(i);
      } else if (is_shift(which)) {
        packed_shift(i);
      } else {
        const bool commutes =
            which != BinaryOp::sub && which != BinaryOp::fsub && which != BinaryOp::fdiv;
        vector_binary(packed_code(which, bits, is_double(i.type)), i, operand(i, 0), operand(i, 1),
                      commutes);
      }
      return;
    }
    case Opcode::cast: {
      const Place to = result(i);
      const Register in = to.is_memory ? xmm7 : to.reg;
      const Code code =
          static_cast<CastOp>(i.code) == CastOp::sitofp ? op::cvtdq2ps : op::cvttps2dq;
      encoder_.op(code, in, vector_operand(operand(i, 0), xmm7));
      move_vector(part_kind(module_, i.type), to, in_register(in));
      return;
    }
    case Opcode::shuffle:
      shuffle(i);
      return;
    case Opcode::insert_element:
      insert_element(i);
      return;
    default:
      real_instruction(i);
  }
}

}  // namespace jit
