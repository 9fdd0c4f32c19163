// Calls of what the IR knows by name.
#include "compiler/generator.h"
#include "compiler/packed_calls.h"

namespace jit {

using namespace x86_32;

bool Generator::is_native_intrinsic(const Instruction& i) const {
  const PartKind what = part_kind(module_, i.type);
  const bool word32 = what == PartKind::word && word_bits(type(i.type)) == 32;
  const bool vector = is_vector_register(what);
  uint32_t bytes = 0;
  const Intrinsic which = intrinsic_of_call(module_, body_, i);
  switch (which) {
    case Intrinsic::memcpy:
      return known_size(i, bytes);
    case Intrinsic::memmove:
      return known_size(i, bytes) &&
             (bytes == 0 || bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8 || bytes == 16);
    case Intrinsic::memset: {
      uint32_t byte = 0;
      return known_size(i, bytes) && constant_word(operand(i, 2), 0, byte);
    }
    case Intrinsic::stacksave:
    case Intrinsic::stackrestore:
    case Intrinsic::va_start:
    case Intrinsic::va_copy:
    case Intrinsic::trap:
    case Intrinsic::objectsize:
    case Intrinsic::is_constant:
    case Intrinsic::invariant_start:
    case Intrinsic::frameaddress:
    case Intrinsic::returnaddress:
    case Intrinsic::expect:
    case Intrinsic::launder:
      return true;
    case Intrinsic::umin:
    case Intrinsic::umax:
    case Intrinsic::ctlz:
    case Intrinsic::cttz:
    case Intrinsic::usub_sat:
      return what == PartKind::word;
    case Intrinsic::smin:
    case Intrinsic::smax:
    case Intrinsic::abs:
    case Intrinsic::bswap:
    case Intrinsic::uadd_sat:
      return word32;
    case Intrinsic::ctpop:
      return what == PartKind::word && is_used(i) && !result(i).is_memory;
    case Intrinsic::fshl:
    case Intrinsic::fshr:
      return word32 && operand(i, 1) == operand(i, 2);
    case Intrinsic::fabs:
    case Intrinsic::sqrt:
    case Intrinsic::fmuladd:
    case Intrinsic::copysign:
      return vector;
    case Intrinsic::x86_cvttps2dq:
    case Intrinsic::x86_cvtps2dq:
      return what == PartKind::packed && kind(operand(i, 1)) == PartKind::packed;
    case Intrinsic::x86_movmsk_ps:
    case Intrinsic::x86_pmovmskb:
      return kind(operand(i, 1)) == PartKind::packed;
    case Intrinsic::uadd_overflow:
    case Intrinsic::usub_overflow:
    case Intrinsic::sadd_overflow:
    case Intrinsic::ssub_overflow:
    case Intrinsic::smul_overflow:
    case Intrinsic::umul_overflow:
      return kind(operand(i, 1)) == PartKind::word && bits_of(operand(i, 1)) == 32;
    default:
      return packed_call(which).code != 0 && what == PartKind::packed &&
             kind(operand(i, 1)) == PartKind::packed;
  }
}

void Generator::extreme(const Instruction& i, Condition keep) {
  // The result is the first operand, or the second where `keep` does not hold.
  ValueId first = operand(i, 1), second = operand(i, 2);
  if (constants_.is_constant(first)) {
    const ValueId t = first;
    first = second;
    second = t;
  }
  const Source a = word(first);
  Source b = word(second);
  const Place to = result(i);
  const Register in = to.is_memory || b.reads(to.reg) ? eax : to.reg;
  if (b.is_constant) {
    load(in, a);
    encoder_.alu_constant(Alu::cmp, in_register(in), b.constant);
    encoder_.op(op::cmov + static_cast<uint32_t>(opposite(keep)), in,
                constant_bytes(b.constant, 0, 4));
  } else {
    load(in, a);
    encoder_.alu(Alu::cmp, in, b.place);
    encoder_.op(op::cmov + static_cast<uint32_t>(opposite(keep)), in, b.place);
  }
  finish(to, in);
}

void Generator::overflow(const Instruction& i, Intrinsic which) {
  const Source b = word(operand(i, 2));
  Condition flag = Condition::overflow;
  load(eax, word(operand(i, 1)));
  const auto by = [&](Alu alu) {
    b.is_constant ? encoder_.alu_constant(alu, in_register(eax), b.constant)
                  : encoder_.alu(alu, eax, b.place);
  };
  switch (which) {
    case Intrinsic::uadd_overflow:
      flag = Condition::below;
      by(Alu::add);
      break;
    case Intrinsic::usub_overflow:
      flag = Condition::below;
      by(Alu::sub);
      break;
    case Intrinsic::sadd_overflow:
      by(Alu::add);
      break;
    case Intrinsic::ssub_overflow:
      by(Alu::sub);
      break;
    case Intrinsic::umul_overflow:
      if (b.is_constant) {
        encoder_.mov_constant(in_register(edx), b.constant);
        encoder_.op(op::unary, 4, in_register(edx));
      } else {
        encoder_.op(op::unary, 4, b.place);
      }
      break;
    default:
      if (b.is_constant) {
        encoder_.imul_constant(eax, in_register(eax), b.constant);
      } else {
        encoder_.op(op::imul, eax, b.place);
      }
  }
  if (!is_used(i)) return;
  const Place to = memory_of(variable(i.result), 0);
  encoder_.op(op::mov_store, eax, to);
  encoder_.op(op::setcc + static_cast<uint32_t>(flag), 0, in_register(eax));
  encoder_.op(op::movzx8, eax, in_register(eax));
  encoder_.op(op::mov_store, eax, moved_by(to, 4));
}

void Generator::intrinsic(const Instruction& i) {
  const Intrinsic which = intrinsic_of_call(module_, body_, i);
  const PartKind what = part_kind(module_, i.type);
  switch (which) {
    case Intrinsic::memcpy:
    case Intrinsic::memmove:
      copy_memory(i);
      return;
    case Intrinsic::memset:
      fill_memory(i);
      return;
    case Intrinsic::stackrestore:
      load(esp, word(operand(i, 1)));
      return;
    case Intrinsic::va_start: {
      // Behind the fixed arguments stands where the others are.
      encoder_.op(op::movd_load, xmm7, incoming_place(allocation_.argument_bytes));
      encoder_.op(op::movd_store, xmm7, memory_at(operand(i, 1), 0));
      return;
    }
    case Intrinsic::va_copy:
      encoder_.op(op::movd_load, xmm7, memory_at(operand(i, 2), 0));
      encoder_.op(op::movd_store, xmm7, memory_at(operand(i, 1), 0));
      return;
    case Intrinsic::trap:
      pay_all();
      end(Outcome::trapped);
      return;
    case Intrinsic::uadd_overflow:
    case Intrinsic::usub_overflow:
    case Intrinsic::sadd_overflow:
    case Intrinsic::ssub_overflow:
    case Intrinsic::smul_overflow:
    case Intrinsic::umul_overflow:
      overflow(i, which);
      return;
    default:
      break;
  }
  if (i.result == kNone || !is_used(i)) return;
  const Place to = what == PartKind::memory ? Place{} : result(i);
  const Register in = to.is_memory ? eax : to.reg;
  switch (which) {
    case Intrinsic::stacksave:
      encoder_.op(op::mov_store, esp, to);
      return;
    case Intrinsic::objectsize: {
      // Unknown: everything or nothing, as the second argument asks.
      uint32_t least = 0;
      (void)constant_word(operand(i, 2), 0, least);
      for (uint32_t part = 0; part < slots_of_kind(what); ++part) {
        move(result(i, part), source_of_constant(least != 0 ? 0 : ~0U));
      }
      return;
    }
    case Intrinsic::is_constant:
    case Intrinsic::invariant_start:
    case Intrinsic::frameaddress:
    case Intrinsic::returnaddress:
      move(to, source_of_constant(0));
      return;
    case Intrinsic::expect:
    case Intrinsic::launder:
      take(i, operand(i, 1));
      return;
    case Intrinsic::umin:
      extreme(i, Condition::below_equal);
      return;
    case Intrinsic::umax:
      extreme(i, Condition::above_equal);
      return;
    case Intrinsic::smin:
      extreme(i, Condition::less_equal);
      return;
    case Intrinsic::smax:
      extreme(i, Condition::greater_equal);
      return;
    case Intrinsic::usub_sat:
    case Intrinsic::uadd_sat: {
      const bool adds = which == Intrinsic::uadd_sat;
      const Source b = word(operand(i, 2));
      const Register at = b.reads(in) ? eax : in;
      load(at, word(operand(i, 1)));
      const Alu alu = adds ? Alu::add : Alu::sub;
      b.is_constant ? encoder_.alu_constant(alu, in_register(at), b.constant)
                    : encoder_.alu(alu, at, b.place);
      encoder_.op(op::cmov + static_cast<uint32_t>(Condition::below), at,
                  constant_bytes(adds ? ~0U : 0U, 0, 4));
      finish(to, at);
      return;
    }
    case Intrinsic::abs: {
      const Source a = word(operand(i, 1));
      if (a.is_constant || a.reads(in)) {
        load(eax, a);
        encoder_.op(op::unary, 3, in_register(eax));
        if (in != eax && a.in(in)) {
          encoder_.op(op::cmov + static_cast<uint32_t>(Condition::not_negative), in,
                      in_register(eax));
          return;
        }
        encoder_.op(op::cmov + static_cast<uint32_t>(Condition::negative), eax,
                    a.is_constant ? constant_bytes(a.constant, 0, 4) : a.place);
        finish(to, eax);
        return;
      }
      load(in, a);
      encoder_.op(op::unary, 3, in_register(in));
      encoder_.op(op::cmov + static_cast<uint32_t>(Condition::negative), in, a.place);
      finish(to, in);
      return;
    }
    case Intrinsic::bswap:
      load(in, word(operand(i, 1)));
      encoder_.byte_swap(in);
      finish(to, in);
      return;
    case Intrinsic::fshl:
    case Intrinsic::fshr: {
      const Shift way = which == Intrinsic::fshl ? Shift::rol : Shift::ror;
      const Source count = word(operand(i, 3));
      if (count.is_constant) {
        load(in, word(operand(i, 1)));
        const auto by = static_cast<uint8_t>(count.constant & 31);
        if (by != 0) encoder_.shift(way, in_register(in), by);
        finish(to, in);
        return;
      }
      const Register at = to.is_memory || to.reg == ecx || count.reads(to.reg) ? eax : to.reg;
      load(at, word(operand(i, 1)));
      load(ecx, count);
      encoder_.shift_by_cl(way, in_register(at));
      finish(to, at);
      return;
    }
    case Intrinsic::ctlz:
    case Intrinsic::cttz: {
      // Of 0, the processor leaves the target as it was, or says so by a flag: 32 then. Fewer bits
      // have one more behind them, which is found then.
      const bool leading = which == Intrinsic::ctlz;
      const uint32_t bits = word_bits(type(i.type));
      const Source a = word(operand(i, 1));
      Place from = a.place;
      if (a.is_constant || bits < 32) {
        load(eax, a);
        from = in_register(eax);
      }
      if (bits < 32) {
        if (leading) encoder_.shift(Shift::shl, from, static_cast<uint8_t>(32 - bits));
        encoder_.alu_constant(Alu::or_, from, leading ? 1U << (31 - bits) : 1U << bits);
      }
      encoder_.op(leading ? op::bsr : op::bsf, eax, from);
      if (bits == 32) {
        encoder_.op(op::cmov + static_cast<uint32_t>(Condition::equal), eax,
                    constant_bytes(leading ? 63 : 32, 0, 4));
      }
      if (leading) encoder_.alu_constant(Alu::xor_, in_register(eax), 31);
      finish(to, eax);
      return;
    }
    case Intrinsic::ctpop: {
      // Sums of neighbours: of bits, of pairs, of fours, and of bytes by a product.
      const auto step = [&](uint8_t by, uint32_t mask) {
        encoder_.op(op::mov_load, eax, to);
        encoder_.shift(Shift::shr, in_register(eax), by);
        encoder_.alu_constant(Alu::and_, in_register(eax), mask);
      };
      load(in, word(operand(i, 1)));
      step(1, 0x55555555);
      encoder_.alu(Alu::sub, in, in_register(eax));
      step(2, 0x33333333);
      encoder_.alu_constant(Alu::and_, to, 0x33333333);
      encoder_.alu(Alu::add, in, in_register(eax));
      encoder_.op(op::mov_load, eax, to);
      encoder_.shift(Shift::shr, in_register(eax), 4);
      encoder_.alu(Alu::add, in, in_register(eax));
      encoder_.alu_constant(Alu::and_, to, 0x0F0F0F0F);
      encoder_.imul_constant(in, to, 0x01010101);
      encoder_.shift(Shift::shr, to, 24);
      return;
    }
    case Intrinsic::fabs:
      with_mask(i, operand(i, 1), op::andps, true);
      return;
    case Intrinsic::sqrt: {
      const Register at = to.is_memory ? xmm7 : to.reg;
      encoder_.op(of_kind(op::sqrt_s, what, is_double(i.type)), at,
                  vector_operand(operand(i, 1), xmm7));
      move_vector(what, to, in_register(at));
      return;
    }
    case Intrinsic::fmuladd: {
      const bool doubles = is_double(i.type);
      move_vector(what, in_register(xmm7), vector(operand(i, 1)));
      encoder_.op(of_kind(op::mul_s, what, doubles), xmm7, vector_operand(operand(i, 2), xmm6));
      encoder_.op(of_kind(op::add_s, what, doubles), xmm7, vector_operand(operand(i, 3), xmm6));
      move_vector(what, to, in_register(xmm7));
      return;
    }
    case Intrinsic::copysign:
      move_vector(what, in_register(xmm7), vector(operand(i, 1)));
      encoder_.op(op::andps, xmm7, sign_mask(i.type, true));
      move_vector(what, in_register(xmm6), vector(operand(i, 2)));
      encoder_.op(op::andps, xmm6, sign_mask(i.type, false));
      encoder_.op(op::orps, xmm7, in_register(xmm6));
      move_vector(what, to, in_register(xmm7));
      return;
    case Intrinsic::x86_movmsk_ps:
    case Intrinsic::x86_pmovmskb:
      encoder_.op(which == Intrinsic::x86_movmsk_ps ? op::movmskps : op::pmovmskb, in,
                  in_register(vector_register(operand(i, 1), xmm7)));
      finish(to, in);
      return;
    case Intrinsic::x86_cvtps2dq:
    case Intrinsic::x86_cvttps2dq: {
      const Register at = to.is_memory ? xmm7 : to.reg;
      encoder_.op(which == Intrinsic::x86_cvtps2dq ? op::cvtps2dq : op::cvttps2dq, at,
                  vector_operand(operand(i, 1), xmm7));
      move_vector(what, to, in_register(at));
      return;
    }
    default: {
      const PackedCall call = packed_call(which);
      if (call.code == 0) {
        refuse("an intrinsic");
        return;
      }
      vector_binary(call.code, i, operand(i, 1), operand(i, 2), call.commutes);
    }
  }
}

}  // namespace jit
