// What operands of an instruction are, and how calls of intrinsics are made.
#include "interpreter/plan.h"

namespace jit {

bool is_value_operand(const Instruction& instruction, uint32_t which) {
  switch (instruction.op) {
    case Opcode::extract_value:
      return which == 0;
    case Opcode::insert_value:
      return which < 2;
    case Opcode::phi:
      return which % 2 == 0;
    case Opcode::branch:
      return false;
    case Opcode::branch_if:
      return which == 0;
    case Opcode::switch_on:
      return which == 0 || (which >= 2 && which % 2 == 0);
    default:
      return true;
  }
}

Intrinsic intrinsic_of_call(const Module& module, const Body& body, const Instruction& call) {
  const ValueId callee = body.operands[call.first];
  if (callee >= module.values.size) return Intrinsic::none;
  const Value& value = module.values[callee];
  return value.kind == ValueKind::function ? module.functions[value.index].intrinsic
                                           : Intrinsic::none;
}

CallKind call_kind(const Module& module, const Body& body, const Instruction& call) {
  const Form form = form_of(module.types[call.type]);
  const Type& type = module.types[call.type];
  switch (intrinsic_of_call(module, body, call)) {
    case Intrinsic::none:
      return CallKind::function;
    case Intrinsic::nothing:
    case Intrinsic::assume:
    case Intrinsic::va_end:
    case Intrinsic::x86_pause:
    case Intrinsic::x86_mfence:
      return CallKind::nothing;
    case Intrinsic::expect:
    case Intrinsic::launder:
      return CallKind::alias;
    case Intrinsic::smin:
    case Intrinsic::smax:
    case Intrinsic::umin:
    case Intrinsic::umax:
    case Intrinsic::abs:
    case Intrinsic::bswap:
    case Intrinsic::ctlz:
    case Intrinsic::cttz:
    case Intrinsic::ctpop:
    case Intrinsic::is_constant:
      return form == Form::word ? CallKind::word_tree : CallKind::helper;
    case Intrinsic::fshl:
    case Intrinsic::fshr: {
      // A rotation.
      const bool same = body.operands[call.first + 1] == body.operands[call.first + 2];
      return form == Form::word && type.count == 32 && same ? CallKind::word_tree
                                                            : CallKind::helper;
    }
    case Intrinsic::fabs:
    case Intrinsic::sqrt:
    case Intrinsic::fmuladd:
      return form == Form::single || form == Form::real ? CallKind::real_tree : CallKind::helper;
    default:
      return CallKind::helper;
  }
}

}  // namespace jit
