// The code of by_lanes.cpp: what is computed, lane by lane. What is read beyond a lane is of the
// frame, and is not used.
#include "compiler/generator.h"

namespace jit {

using namespace x86_32;

namespace {

/// As many bytes as a register takes at once of those that are left: whole slots.
uint32_t chunk_of(uint32_t left) { return left >= 16 ? 16 : left >= 8 ? 8 : 4; }
Code load_of(uint32_t chunk) {
  return chunk == 16 ? op::movups : chunk == 8 ? op::movq_load : op::movd_load;
}
Code store_of(uint32_t chunk) {
  return chunk == 16 ? op::movups_store : chunk == 8 ? op::movq_store : op::movd_store;
}
/// cmp eax with memory, as wide as a lane.
Code compare_of(uint32_t bytes) { return bytes == 1 ? 0x3A : bytes == 2 ? 0x66'00'3B : 0x3B; }

Condition kept_by(Intrinsic which) {
  switch (which) {
    case Intrinsic::smin:
    case Intrinsic::reduce_smin:
      return Condition::less_equal;
    case Intrinsic::smax:
    case Intrinsic::reduce_smax:
      return Condition::greater_equal;
    case Intrinsic::umin:
    case Intrinsic::reduce_umin:
      return Condition::below_equal;
    default:
      return Condition::above_equal;
  }
}

}  // namespace

void Generator::load_lane(const Place& from, const Lanes& of, bool is_signed) {
  const bool extends = is_signed && of.bits > 1;
  encoder_.op(of.bytes == 1   ? (extends ? op::movsx8 : op::movzx8)
              : of.bytes == 2 ? (extends ? op::movsx16 : op::movzx16)
                              : op::mov_load,
              eax, from);
}

void Generator::store_lane(const Place& to, uint32_t bytes) {
  encoder_.op(bytes == 1 ? op::mov_store8 : bytes == 2 ? op::mov_store16 : op::mov_store, eax, to);
}

/// Calls f(offset, bytes) for as much of the first operand as a register holds: it is in xmm7, and
/// what f makes of it there is the result's.
template <class F>
void Generator::by_chunks(const Instruction& i, const LanePlaces& at, const F& f) {
  const uint32_t size = 4 * slots_of(module_, i.type);
  for (uint32_t done = 0, step = 0; done < size; done += step) {
    step = chunk_of(size - done);
    encoder_.op(load_of(step), xmm7, moved_by(at.operands[0], done));
    f(done, step);
    encoder_.op(store_of(step), xmm7, moved_by(at.to, done));
  }
}

void Generator::negate_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, i.type);
  const uint64_t sign = l.bytes == 8 ? 0x8000'0000'0000'0000 : 0x8000'0000'8000'0000;
  by_chunks(i, at,
            [&](uint32_t, uint32_t) { encoder_.op(op::xorps, xmm7, constant_bytes(sign, sign)); });
}

/// Of a mask, bytes that are 0 or 1, whatever they were.
void Generator::freeze_lanes(const Instruction& i, const LanePlaces& at) {
  const uint32_t slots = slots_of(module_, i.type);
  copy_slots(at.to, at.operands[0], slots);
  if (lanes_of(module_, i.type).bits != 1) return;
  for (uint32_t k = 0; k < slots; ++k) {
    encoder_.alu_constant(Alu::and_, moved_by(at.to, k * 4), 0x0101'0101);
  }
}

void Generator::binary_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, i.type);
  const auto which = static_cast<BinaryOp>(i.code);
  const bool shifts = is_shift(which);
  const bool multiplies = which == BinaryOp::mul && l.bytes != 2;
  if (!shifts && !multiplies) {
    const Code code = packed_code(which, l.bits < 8 ? 8 : l.bits, l.bytes == 8);
    by_chunks(i, at, [&](uint32_t offset, uint32_t step) {
      encoder_.op(load_of(step), xmm6, moved_by(at.operands[1], offset));
      encoder_.op(code, xmm7, in_register(xmm6));
    });
    return;
  }
  uint32_t amounts[kMaxLaneSlots] = {};
  if (shifts) (void)constants_.slots(operand(i, 1), amounts);
  for (uint32_t k = 0; k < l.count; ++k) {
    const uint32_t offset = k * l.bytes;
    load_lane(moved_by(at.operands[0], offset), l, which == BinaryOp::ashr);
    if (shifts) {
      const uint32_t amount = amounts[offset / 4] >> offset % 4 * 8 & (l.bits - 1);
      if (amount != 0) {
        encoder_.shift(which == BinaryOp::shl    ? Shift::shl
                       : which == BinaryOp::lshr ? Shift::shr
                                                 : Shift::sar,
                       in_register(eax), static_cast<uint8_t>(amount));
      }
    } else {
      encoder_.op(op::imul, eax, moved_by(at.operands[1], offset));
    }
    store_lane(moved_by(at.to, offset), l.bytes);
  }
}

void Generator::cast_lanes(const Instruction& i, const LanePlaces& at) {
  const auto which = static_cast<CastOp>(i.code);
  const Lanes from = lanes_of(module_, type_of(operand(i, 0))), to = lanes_of(module_, i.type);
  if (which == CastOp::bitcast) {
    bitcast_lanes(i, at, from, to);
    return;
  }
  for (uint32_t k = 0; k < to.count; ++k) {
    const Place a = moved_by(at.operands[0], k * from.bytes), r = moved_by(at.to, k * to.bytes);
    switch (which) {
      case CastOp::sitofp:
      case CastOp::uitofp:
        load_lane(a, from, which == CastOp::sitofp);
        encoder_.op(to.bytes == 8 ? op::cvtsi2sd : op::cvtsi2ss, xmm7, in_register(eax));
        encoder_.op(to.bytes == 8 ? op::movsd_store : op::movss_store, xmm7, r);
        break;
      case CastOp::fptosi:
      case CastOp::fptoui:
        encoder_.op(from.bytes == 8 ? op::cvttsd2si : op::cvttss2si, eax, a);
        store_lane(r, to.bytes);
        break;
      case CastOp::fpext:
        encoder_.op(op::cvtss2sd, xmm7, a);
        encoder_.op(op::movsd_store, xmm7, r);
        break;
      case CastOp::fptrunc:
        encoder_.op(op::cvtsd2ss, xmm7, a);
        encoder_.op(op::movss_store, xmm7, r);
        break;
      default:
        load_lane(a, from, which == CastOp::sext);
        if (which == CastOp::sext && from.bits == 1) {
          encoder_.op(op::unary, 3, in_register(eax));  // neg
        }
        if (to.bits == 1) encoder_.alu_constant(Alu::and_, in_register(eax), 1);
        store_lane(r, to.bytes);
    }
  }
}

void Generator::bitcast_lanes(const Instruction& i, const LanePlaces& at, const Lanes& from,
                              const Lanes& to) {
  if (from.bits != 1 && to.bits != 1) {
    copy_slots(at.to, at.operands[0], slots_of(module_, i.type));
    return;
  }
  if (from.bits == 1) {
    // Bytes that are 0 or 1, four at a time: the product has the four bits from 24 on, and no two
    // of its summands are the same power of two.
    for (uint32_t k = 0; k < from.count; k += 4) {
      const uint32_t left = from.count - k;
      encoder_.op(op::mov_load, eax, moved_by(at.operands[0], k));
      if (left < 4)
        encoder_.alu_constant(Alu::and_, in_register(eax), 0x0101'0101 >> (4 - left) * 8);
      encoder_.imul_constant(eax, in_register(eax), 0x01020408);
      encoder_.shift(Shift::shr, in_register(eax), 24);
      encoder_.alu_constant(Alu::and_, in_register(eax), 15);
      if (k == 0) {
        encoder_.op(op::mov_store, eax, at.to);
      } else {
        encoder_.shift(Shift::shl, in_register(eax), static_cast<uint8_t>(k));
        encoder_.alu_to_place(Alu::or_, at.to, eax);
      }
    }
    return;
  }
  for (uint32_t k = 0; k < to.count; ++k) {
    encoder_.op(op::mov_load, eax, at.operands[0]);
    if (k != 0) encoder_.shift(Shift::shr, in_register(eax), static_cast<uint8_t>(k));
    encoder_.alu_constant(Alu::and_, in_register(eax), 1);
    store_lane(moved_by(at.to, k), 1);
  }
}

void Generator::compare_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, type_of(operand(i, 0)));
  const auto p = static_cast<Predicate>(i.code);
  const bool exchanged = l.real && compares_exchanged(p);
  const Flags flags = l.real ? flags_of_reals(p) : Flags{condition_of(p)};
  const bool constant = p == Predicate::fcmp_false || p == Predicate::fcmp_true;
  for (uint32_t k = 0; k < l.count; ++k) {
    const Place a = moved_by(at.operands[exchanged ? 1 : 0], k * l.bytes);
    const Place b = moved_by(at.operands[exchanged ? 0 : 1], k * l.bytes);
    if (constant) {
      encoder_.mov_constant(in_register(eax), p == Predicate::fcmp_true ? 1 : 0);
    } else if (l.real) {
      encoder_.op(l.bytes == 8 ? op::movsd_load : op::movss_load, xmm7, a);
      encoder_.op(l.bytes == 8 ? op::ucomisd : op::ucomiss, xmm7, b);
      set_low_byte(flags);
    } else {
      encoder_.op(op::mov_load, eax, a);
      encoder_.op(compare_of(l.bytes), eax, b);
      set_low_byte(flags);
    }
    store_lane(moved_by(at.to, k), 1);
  }
}

/// Of 128 bits, by a mask: it becomes a byte for each lane.
bool Generator::compare_packed(const Instruction& i) {
  if (kind(operand(i, 0)) != PartKind::packed || kind(i.result) != PartKind::memory ||
      !is_mask_comparison(module_, body_, i)) {
    return false;
  }
  const Lanes l = lanes_of(module_, type_of(operand(i, 0)));
  const bool inverted = make_mask(i);
  if (l.bytes == 8) encoder_.op_byte(op::pshufd, xmm7, in_register(xmm7), 0x08);
  if (l.bytes >= 4) encoder_.op(op::packssdw, xmm7, in_register(xmm7));
  if (l.bytes >= 2) encoder_.op(op::packsswb, xmm7, in_register(xmm7));
  const uint64_t ones = 0x0101'0101'0101'0101;
  encoder_.op(inverted ? op::pandn : op::pand, xmm7, constant_bytes(ones, ones));
  encoder_.op(store_of(chunk_of(l.count)), xmm7, memory_of(variable(i.result), 0));
  return true;
}

void Generator::choose_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, i.type);
  const uint32_t step = l.bytes == 8 ? 4 : l.bytes;
  for (uint32_t offset = 0; offset < l.size(); offset += step) {
    encoder_.op(op::mov_load, eax, moved_by(at.operands[2], offset));
    encoder_.alu_constant(Alu::cmp, moved_by(at.operands[0], offset / l.bytes), 0, 8);
    encoder_.op(op::cmov + static_cast<uint32_t>(Condition::not_equal), eax,
                moved_by(at.operands[1], offset));
    store_lane(moved_by(at.to, offset), step);
  }
}

void Generator::intrinsic_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, i.type);
  const bool doubles = l.bytes == 8;
  const Intrinsic which = intrinsic_of_call(module_, body_, i);
  switch (which) {
    case Intrinsic::fabs: {
      const uint64_t rest = doubles ? 0x7FFF'FFFF'FFFF'FFFF : 0x7FFF'FFFF'7FFF'FFFF;
      by_chunks(i, at, [&](uint32_t, uint32_t) {
        encoder_.op(op::andps, xmm7, constant_bytes(rest, rest));
      });
      return;
    }
    case Intrinsic::sqrt:
      by_chunks(i, at, [&](uint32_t, uint32_t) {
        encoder_.op(of_kind(op::sqrt_s, PartKind::packed, doubles), xmm7, in_register(xmm7));
      });
      return;
    case Intrinsic::fmuladd:
      by_chunks(i, at, [&](uint32_t offset, uint32_t step) {
        for (uint32_t k = 1; k <= 2; ++k) {
          encoder_.op(load_of(step), xmm6, moved_by(at.operands[k], offset));
          encoder_.op(of_kind(k == 1 ? op::mul_s : op::add_s, PartKind::packed, doubles), xmm7,
                      in_register(xmm6));
        }
      });
      return;
    default:
      break;
  }
  for (uint32_t k = 0; k < l.count; ++k) {
    const Place a = moved_by(at.operands[0], k * l.bytes);
    if (which == Intrinsic::abs) {
      load_lane(a, l, true);
      encoder_.op(op::unary, 3, in_register(eax));
      encoder_.op(op::cmov + static_cast<uint32_t>(Condition::negative), eax, a);
    } else {
      encoder_.op(op::mov_load, eax, a);
      keep_extreme(which, moved_by(at.operands[1], k * l.bytes), l);
    }
    store_lane(moved_by(at.to, k * l.bytes), l.bytes);
  }
}

/// eax, or the other.
void Generator::keep_extreme(Intrinsic which, const Place& other, const Lanes& l) {
  encoder_.op(compare_of(l.bytes), eax, other);
  encoder_.op(op::cmov + static_cast<uint32_t>(opposite(kept_by(which))), eax, other);
}

void Generator::reduce_lanes(const Instruction& i, const LanePlaces& at) {
  const Lanes l = lanes_of(module_, type_of(operand(i, 1)));
  const Intrinsic which = intrinsic_of_call(module_, body_, i);
  encoder_.op(op::mov_load, eax, at.operands[0]);
  for (uint32_t k = 1; k < l.count; ++k) {
    const Place lane = moved_by(at.operands[0], k * l.bytes);
    switch (which) {
      case Intrinsic::reduce_add:
        encoder_.alu(Alu::add, eax, lane);
        break;
      case Intrinsic::reduce_and:
        encoder_.alu(Alu::and_, eax, lane);
        break;
      case Intrinsic::reduce_or:
        encoder_.alu(Alu::or_, eax, lane);
        break;
      case Intrinsic::reduce_xor:
        encoder_.alu(Alu::xor_, eax, lane);
        break;
      case Intrinsic::reduce_mul:
        encoder_.op(op::imul, eax, lane);
        break;
      default:
        keep_extreme(which, lane, l);
    }
  }
  if (l.bits < 32) clean(eax, l.bits);
  finish(result(i), eax);
}

}  // namespace jit
