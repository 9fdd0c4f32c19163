// Calls: of the program's functions, of imports, and of what the IR knows by name.
#include "interpreter/helpers.h"
#include "interpreter/lowering.h"

namespace jit {
void Lowering::helper(Helper function, const Cell* cells, uint32_t count) {
  assembler_.emit(Op::helper_, reinterpret_cast<Cell>(function), count + 3);
  for (uint32_t i = 0; i < count; ++i) assembler_.cell(cells[i]);
}

const ByValue* Lowering::by_value(const AttributeList* list, uint32_t parameter) const {
  if (list == nullptr) return nullptr;
  for (uint32_t k = 0; k < list->count; ++k) {
    const ByValue& by = module_.by_values[list->first + k];
    if (by.parameter == parameter) return &by;
  }
  return nullptr;
}

/// Arguments beyond the fixed ones go to memory, as the i386 ABI has them on the stack: each at a
/// multiple of 4. Their address goes to `slot`.
void Lowering::pass_variadic(const Instruction& i, uint32_t fixed, const AttributeList* by_values,
                             uint32_t slot) {
  const auto rounded = [](uint32_t bytes) { return (bytes + 3) & ~3U; };
  uint32_t bytes = 0;
  for (uint32_t k = 1 + fixed; k < i.count; ++k) {
    const ByValue* const by = by_value(by_values, k - 1);
    const Form f = form(operand(i, k));
    if ((f == Form::many && !is_long_number(type_of(operand(i, k)))) || f == Form::nothing) {
      refuse("a vector or structure among variadic arguments");
      return;
    }
    bytes += by != nullptr ? rounded(type(by->type).size)
                           : 4 * slots_of(module_, type_of(operand(i, k)));
  }
  const uint32_t begin = area(bytes, 4);
  uint32_t at = begin;
  for (uint32_t k = 1 + fixed; k < i.count; ++k) {
    const ValueId value = operand(i, k);
    const ByValue* const by = by_value(by_values, k - 1);
    if (by != nullptr) {
      const Cell cells[] = {place_slot(), at, slot_of(value), type(by->type).size, temporary(1)};
      helper(copy_by_value, cells, 5);
      at += rounded(type(by->type).size);
      continue;
    }
    uint32_t from = slot_of(value);
    const uint32_t slots = slots_of(module_, type_of(value));
    for (uint32_t left = slots; left >= 2; left -= 2) {
      assembler_.emit(Op::store_pair_s_, place_slot(), at, from);
      at += 8;
      from += 8;
    }
    if (slots % 2 != 0) {
      assembler_.emit(Op::store32_s_s_, place_slot(), at, from);
      at += 4;
    }
  }
  assembler_.emit(Op::add_sc_d_, place_slot(), begin, slot);
  holds_word_ = kNone;
}

void Lowering::take_result(const Instruction& i) {
  const uint32_t to = result_slot(i);
  forget();
  switch (form_of(type(i.type))) {
    case Form::word:
      if (to != kNowhere) assembler_.emit(Op::copy_a_d_, to);
      holds_word_ = i.result;
      return;
    case Form::single:
      if (to != kNowhere) assembler_.emit(Op::fcopy32_a_d_, to);
      holds_real_ = i.result;
      return;
    case Form::real:
      if (to != kNowhere) assembler_.emit(Op::fcopy64_a_d_, to);
      holds_real_ = i.result;
      return;
    case Form::nothing:
      return;
    default:
      if (to != kNowhere) copy(frame_bytes(), to, slots_of(module_, i.type));
  }
}

void Lowering::call_function(const Instruction& i) {
  const Type& signature = type(i.subject);
  const ValueId callee = operand(i, 0);
  const AttributeList* const by_values =
      i.detail != kNone && i.detail < module_.attribute_lists.size
          ? &module_.attribute_lists[i.detail]
          : nullptr;
  // The address of a function that is computed, before the arguments take the accumulator.
  const Value& value = value_of(module_, body_, callee);
  const bool direct = value.kind == ValueKind::function &&
                      fits_call(module_, module_.functions[value.index], i.subject);
  if (value.kind == ValueKind::inline_asm) {
    // Without instructions: its output is its input.
    if (i.count > 1 && i.result != kNone) {
      if (result_slot(i) != kNowhere) into(operand(i, 1), result_slot(i));
    }
    forget();
    return;
  }
  uint32_t pointer = 0;
  if (!direct) pointer = slot_of(callee);
  uint32_t slot = frame_bytes();
  for (uint32_t k = 0; k < signature.count; ++k) {
    const ValueId argument = operand(i, 1 + k);
    if (const ByValue* const by = by_value(by_values, k)) {
      const Type& what = type(by->type);
      const uint32_t offset = area(what.size, by->align > what.align ? by->align : what.align);
      const Cell cells[] = {place_slot(), offset, slot_of(argument), what.size, slot};
      helper(copy_by_value, cells, 5);
    } else {
      into(argument, slot);
    }
    slot += 4 * slots_of(module_, type_of(argument));
  }
  if (signature.variadic) pass_variadic(i, signature.count, by_values, slot);
  if (direct) {
    FunctionEntry& entry = state_.entries[value.index];
    if (entry.import != nullptr) {
      assembler_.emit(Op::call_import_, reinterpret_cast<Cell>(entry.import), frame_bytes(),
                      charge());
    } else {
      assembler_.emit(Op::call_, reinterpret_cast<Cell>(&entry), frame_bytes(), charge());
    }
  } else {
    assembler_.emit(Op::call_indirect_, pointer, i.subject, frame_bytes(), charge());
  }
  take_result(i);
}

void Lowering::call(const Instruction& i) {
  switch (call_kind(module_, body_, i)) {
    case CallKind::nothing:
      return;
    case CallKind::function:
      call_function(i);
      return;
    case CallKind::alias:
    case CallKind::word_tree:
      if (form_of(type(i.type)) == Form::word) {
        word_of_call(i, result_slot(i));
        holds_word_ = kNone;
        return;
      }
      if (result_slot(i) != kNowhere) into(operand(i, 1), result_slot(i));
      return;
    case CallKind::real_tree:
      real_of(i, result_slot(i));
      holds_real_ = kNone;
      return;
    case CallKind::helper:
      break;
  }
  intrinsic_call(i, intrinsic_of_call(module_, body_, i));
  holds_real_ = kNone;
  holds_word_ = kNone;
}

void Lowering::intrinsic_call(const Instruction& i, Intrinsic intrinsic) {
  uint32_t to = result_slot(i);
  if (to == kNowhere && i.result != kNone) to = temporary(slots_of(module_, i.type));
  switch (intrinsic) {
    case Intrinsic::memcpy:
    case Intrinsic::memmove: {
      const Cell cells[] = {slot_of(operand(i, 1)), slot_of(operand(i, 2)), slot_of(operand(i, 3))};
      helper(move_memory, cells, 3);
      return;
    }
    case Intrinsic::memset: {
      const Cell cells[] = {slot_of(operand(i, 1)), slot_of(operand(i, 2)), slot_of(operand(i, 3))};
      helper(fill_memory, cells, 3);
      return;
    }
    case Intrinsic::stacksave: {
      has_memory_ = true;
      const Cell cells[] = {to};
      helper(save_stack, cells, 1);
      return;
    }
    case Intrinsic::stackrestore: {
      const Cell cells[] = {slot_of(operand(i, 1))};
      helper(restore_stack, cells, 1);
      return;
    }
    case Intrinsic::va_start: {
      const uint32_t place = slot_of(operand(i, 1));
      assembler_.emit(Op::store32_s_s_, place, 0, plan_.variadic_slot);
      return;
    }
    case Intrinsic::va_copy: {
      const uint32_t target = slot_of(operand(i, 1)), from = slot_of(operand(i, 2));
      assembler_.emit(Op::load32_s_a_, from, 0);
      assembler_.emit(Op::store32_a_s_, target, 0);
      return;
    }
    case Intrinsic::trap:
      assembler_.emit(Op::trap_, charge(), static_cast<uint32_t>(Outcome::trapped));
      return;
    case Intrinsic::objectsize: {
      // Unknown: everything or nothing, as the second argument asks.
      uint32_t least = 0;
      (void)constants_.word(operand(i, 2), least);
      const uint32_t all = least != 0 ? 0 : ~0U;
      const uint32_t words[2] = {all, all};
      put_words(assembler_, to, words, slots_of(module_, i.type));
      return;
    }
    case Intrinsic::is_constant:
    case Intrinsic::invariant_start:
    case Intrinsic::frameaddress:
    case Intrinsic::returnaddress:
      assembler_.emit(Op::put_constant_, to, 0);
      return;
    case Intrinsic::unknown:
      refuse("an intrinsic that is not known");
      return;
    default:
      wide_call(i, intrinsic, to);
  }
}

void Lowering::wide_call(const Instruction& i, Intrinsic intrinsic, uint32_t to) {
  if (extended_number(i, to)) return;
  const ValueId a = operand(i, 1);
  const ValueId operands[] = {a, i.count > 2 ? operand(i, 2) : kNone,
                              i.count > 3 ? operand(i, 3) : kNone};
  struct Row {
    Intrinsic intrinsic;
    LaneOp op;
    uint32_t operands;
  };
  static constexpr Row kRows[] = {
      {Intrinsic::smin, LaneOp::smin, 2},         {Intrinsic::smax, LaneOp::smax, 2},
      {Intrinsic::umin, LaneOp::umin, 2},         {Intrinsic::umax, LaneOp::umax, 2},
      {Intrinsic::abs, LaneOp::abs, 1},           {Intrinsic::ctlz, LaneOp::ctlz, 1},
      {Intrinsic::cttz, LaneOp::cttz, 1},         {Intrinsic::ctpop, LaneOp::ctpop, 1},
      {Intrinsic::bswap, LaneOp::bswap, 1},       {Intrinsic::bitreverse, LaneOp::bitreverse, 1},
      {Intrinsic::fshl, LaneOp::fshl, 3},         {Intrinsic::fshr, LaneOp::fshr, 3},
      {Intrinsic::uadd_sat, LaneOp::uadd_sat, 2}, {Intrinsic::usub_sat, LaneOp::usub_sat, 2},
      {Intrinsic::sadd_sat, LaneOp::sadd_sat, 2}, {Intrinsic::ssub_sat, LaneOp::ssub_sat, 2},
      {Intrinsic::ushl_sat, LaneOp::ushl_sat, 2}, {Intrinsic::sshl_sat, LaneOp::sshl_sat, 2},
      {Intrinsic::ucmp, LaneOp::ucmp, 2},         {Intrinsic::scmp, LaneOp::scmp, 2},
      {Intrinsic::fabs, LaneOp::fabs, 1},         {Intrinsic::sqrt, LaneOp::sqrt, 1},
      {Intrinsic::copysign, LaneOp::copysign, 2}, {Intrinsic::fmuladd, LaneOp::fmuladd, 3},
      {Intrinsic::minnum, LaneOp::minnum, 2},     {Intrinsic::maxnum, LaneOp::maxnum, 2},
      {Intrinsic::floor, LaneOp::floor, 1},       {Intrinsic::ceil, LaneOp::ceil, 1},
      {Intrinsic::trunc, LaneOp::truncate, 1},    {Intrinsic::rint, LaneOp::rint, 1},
      {Intrinsic::nearbyint, LaneOp::rint, 1},    {Intrinsic::round, LaneOp::round, 1},
  };
  const auto by_handler = [&](Op op, bool binary) {
    const uint32_t x = slot_of(a);
    if (binary) {
      assembler_.emit(op, x, slot_of(operands[1]), to);
    } else {
      assembler_.emit(op, x, to);
    }
  };
  switch (intrinsic) {
    case Intrinsic::x86_pmadd_wd:
      return by_handler(Op::pmaddwd_, true);
    case Intrinsic::x86_packssdw:
      return by_handler(Op::packssdw_, true);
    case Intrinsic::x86_min_ps:
      return by_handler(Op::minps_, true);
    case Intrinsic::x86_max_ps:
      return by_handler(Op::maxps_, true);
    case Intrinsic::x86_cvtps2dq:
      return by_handler(Op::cvtps2dq_, false);
    case Intrinsic::fabs:
      if (is_quad(i.type) && lane_bits(i.type) == 32) {
        return by_handler(Op::vabs32_, false);
      }
      break;
    default:
      break;
  }
  for (const Row& row : kRows) {
    if (row.intrinsic == intrinsic) {
      lanes_of(row.op, type_of(a), i.type, to, operands, row.operands);
      return;
    }
  }
  switch (intrinsic) {
    case Intrinsic::is_fpclass: {
      uint32_t mask = 0;
      (void)constants_.word(operand(i, 2), mask);
      const Type& of = type(type_of(a));
      if (of.kind == TypeKind::vector) {
        refuse("llvm.is.fpclass of a vector");
        return;
      }
      const uint32_t words[2] = {mask, 0};
      const uint32_t b = constant_slot(words, 2);
      const Cell cells[] = {static_cast<Cell>(LaneOp::is_fpclass),
                            lane_bits(type_of(a)),
                            of.kind == TypeKind::double_type ? Cell{8} : Cell{4},
                            1,
                            4,
                            1,
                            2,
                            to,
                            slot_of(a),
                            b};
      helper(lanes, cells, 10);
      return;
    }
    case Intrinsic::uadd_overflow:
    case Intrinsic::usub_overflow:
    case Intrinsic::umul_overflow:
    case Intrinsic::sadd_overflow:
    case Intrinsic::ssub_overflow:
    case Intrinsic::smul_overflow: {
      const uint32_t which =
          static_cast<uint32_t>(intrinsic) - static_cast<uint32_t>(Intrinsic::uadd_overflow);
      if (form(a) == Form::many) {
        refuse("an operation with overflow on vectors");
        return;
      }
      const Cell cells[] = {which % 3, which / 3,  lane_bits(type_of(a)),
                            to,        slot_of(a), slot_of(operands[1])};
      helper(overflow, cells, 6);
      return;
    }
    case Intrinsic::reduce_add:
    case Intrinsic::reduce_mul:
    case Intrinsic::reduce_and:
    case Intrinsic::reduce_or:
    case Intrinsic::reduce_xor:
    case Intrinsic::reduce_smax:
    case Intrinsic::reduce_smin:
    case Intrinsic::reduce_umax:
    case Intrinsic::reduce_umin:
    case Intrinsic::reduce_fadd:
    case Intrinsic::reduce_fmul: {
      const bool starts =
          intrinsic == Intrinsic::reduce_fadd || intrinsic == Intrinsic::reduce_fmul;
      const ValueId vector = starts ? operands[1] : a;
      const Type& of = type(type_of(vector));
      const Cell cells[] = {static_cast<Cell>(intrinsic),
                            lane_bits(type_of(vector)),
                            lane_bytes(type(of.first)),
                            of.count,
                            to,
                            slot_of(vector),
                            starts ? slot_of(a) : 0};
      helper(reduce, cells, 7);
      return;
    }
    default:
      break;
  }
  if (intrinsic >= Intrinsic::x86_pmadd_wd && intrinsic <= Intrinsic::x86_psad_bw) {
    uint32_t number = 0;
    const bool binary = i.count > 2;
    if (i.count > 3) (void)constants_.word(operand(i, 3), number);
    const uint32_t x = slot_of(a);
    const Cell cells[] = {static_cast<Cell>(intrinsic), to, x, binary ? slot_of(operands[1]) : x,
                          number};
    helper(x86_vector, cells, 5);
    return;
  }
  refuse("an intrinsic that is not supported");
}

}  // namespace jit
