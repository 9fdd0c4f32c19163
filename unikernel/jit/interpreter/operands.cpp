// How calls of intrinsics are made.
#include "interpreter/plan.h"

namespace jit {

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
