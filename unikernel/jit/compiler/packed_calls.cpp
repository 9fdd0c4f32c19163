#include "compiler/packed_calls.h"

namespace jit {

using namespace x86_32;

PackedCall packed_call(Intrinsic which) {
  switch (which) {
    case Intrinsic::x86_min_ps:
      return {.code = op::min_s};
    case Intrinsic::x86_max_ps:
      return {.code = op::max_s};
    case Intrinsic::x86_min_ss:
      return {.code = op::kScalarSingle | op::min_s, .one_lane = true};
    case Intrinsic::x86_max_ss:
      return {.code = op::kScalarSingle | op::max_s, .one_lane = true};
    case Intrinsic::x86_packssdw:
      return {.code = op::packssdw};
    case Intrinsic::x86_packsswb:
      return {.code = op::packsswb};
    case Intrinsic::x86_packuswb:
      return {.code = op::packuswb};
    case Intrinsic::x86_pmadd_wd:
      return {.code = op::pmaddwd, .commutes = true};
    case Intrinsic::x86_pmulhw:
      return {.code = op::pmulhw, .commutes = true};
    case Intrinsic::x86_pmulhuw:
      return {.code = op::pmulhuw, .commutes = true};
    case Intrinsic::x86_pmulu_dq:
      return {.code = op::pmuludq, .commutes = true};
    case Intrinsic::x86_psad_bw:
      return {.code = op::psadbw, .commutes = true};
    default:
      return {};
  }
}

}  // namespace jit
