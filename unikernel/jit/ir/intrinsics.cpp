#include "ir/intrinsics.h"

namespace jit {

namespace {

struct Row {
  Text name;  // behind "llvm.", without the suffixes of types
  Intrinsic intrinsic;
};

// To add one: a row here, and one in the signatures (signatures.cpp).

constexpr Row kRows[] = {
    // Notes for an optimizer or a debugger.
    {"donothing", Intrinsic::nothing},
    {"experimental.noalias.scope.decl", Intrinsic::nothing},
    {"invariant.start", Intrinsic::invariant_start},
    {"invariant.end", Intrinsic::nothing},
    {"lifetime.start", Intrinsic::nothing},
    {"lifetime.end", Intrinsic::nothing},
    {"prefetch", Intrinsic::nothing},
    {"sideeffect", Intrinsic::nothing},
    {"var.annotation", Intrinsic::nothing},
    {"assume", Intrinsic::assume},

    {"expect", Intrinsic::expect},
    {"is.constant", Intrinsic::is_constant},
    {"objectsize", Intrinsic::objectsize},
    {"launder.invariant.group", Intrinsic::launder},
    {"strip.invariant.group", Intrinsic::launder},
    {"frameaddress", Intrinsic::frameaddress},
    {"returnaddress", Intrinsic::returnaddress},

    {"memcpy", Intrinsic::memcpy},
    {"memmove", Intrinsic::memmove},
    {"memset", Intrinsic::memset},
    {"stacksave", Intrinsic::stacksave},
    {"stackrestore", Intrinsic::stackrestore},
    {"va_start", Intrinsic::va_start},
    {"va_end", Intrinsic::va_end},
    {"va_copy", Intrinsic::va_copy},
    {"trap", Intrinsic::trap},
    {"debugtrap", Intrinsic::trap},
    {"ubsantrap", Intrinsic::trap},

    {"smin", Intrinsic::smin},
    {"smax", Intrinsic::smax},
    {"umin", Intrinsic::umin},
    {"umax", Intrinsic::umax},
    {"abs", Intrinsic::abs},
    {"ctlz", Intrinsic::ctlz},
    {"cttz", Intrinsic::cttz},
    {"ctpop", Intrinsic::ctpop},
    {"bswap", Intrinsic::bswap},
    {"bitreverse", Intrinsic::bitreverse},
    {"fshl", Intrinsic::fshl},
    {"fshr", Intrinsic::fshr},
    {"uadd.sat", Intrinsic::uadd_sat},
    {"usub.sat", Intrinsic::usub_sat},
    {"sadd.sat", Intrinsic::sadd_sat},
    {"ssub.sat", Intrinsic::ssub_sat},
    {"ushl.sat", Intrinsic::ushl_sat},
    {"sshl.sat", Intrinsic::sshl_sat},
    {"uadd.with.overflow", Intrinsic::uadd_overflow},
    {"usub.with.overflow", Intrinsic::usub_overflow},
    {"umul.with.overflow", Intrinsic::umul_overflow},
    {"sadd.with.overflow", Intrinsic::sadd_overflow},
    {"ssub.with.overflow", Intrinsic::ssub_overflow},
    {"smul.with.overflow", Intrinsic::smul_overflow},
    {"ucmp", Intrinsic::ucmp},
    {"scmp", Intrinsic::scmp},

    {"fabs", Intrinsic::fabs},
    {"sqrt", Intrinsic::sqrt},
    {"copysign", Intrinsic::copysign},
    {"fmuladd", Intrinsic::fmuladd},
    {"fma", Intrinsic::fma},
    {"minnum", Intrinsic::minnum},
    {"maxnum", Intrinsic::maxnum},
    {"floor", Intrinsic::floor},
    {"ceil", Intrinsic::ceil},
    {"trunc", Intrinsic::trunc},
    {"rint", Intrinsic::rint},
    {"nearbyint", Intrinsic::nearbyint},
    {"round", Intrinsic::round},
    {"is.fpclass", Intrinsic::is_fpclass},

    {"vector.reduce.add", Intrinsic::reduce_add},
    {"vector.reduce.mul", Intrinsic::reduce_mul},
    {"vector.reduce.and", Intrinsic::reduce_and},
    {"vector.reduce.or", Intrinsic::reduce_or},
    {"vector.reduce.xor", Intrinsic::reduce_xor},
    {"vector.reduce.smax", Intrinsic::reduce_smax},
    {"vector.reduce.smin", Intrinsic::reduce_smin},
    {"vector.reduce.umax", Intrinsic::reduce_umax},
    {"vector.reduce.umin", Intrinsic::reduce_umin},
    {"vector.reduce.fadd", Intrinsic::reduce_fadd},
    {"vector.reduce.fmul", Intrinsic::reduce_fmul},

    {"x86.sse2.pmadd.wd", Intrinsic::x86_pmadd_wd},
    {"x86.sse2.cvtps2dq", Intrinsic::x86_cvtps2dq},
    {"x86.sse2.cvttps2dq", Intrinsic::x86_cvttps2dq},
    {"x86.sse2.packssdw.128", Intrinsic::x86_packssdw},
    {"x86.sse2.packsswb.128", Intrinsic::x86_packsswb},
    {"x86.sse2.packuswb.128", Intrinsic::x86_packuswb},
    {"x86.sse.min.ps", Intrinsic::x86_min_ps},
    {"x86.sse.max.ps", Intrinsic::x86_max_ps},
    {"x86.sse.min.ss", Intrinsic::x86_min_ss},
    {"x86.sse.max.ss", Intrinsic::x86_max_ss},
    {"x86.sse.movmsk.ps", Intrinsic::x86_movmsk_ps},
    {"x86.sse2.pmovmskb.128", Intrinsic::x86_pmovmskb},
    {"x86.sse.cmp.ps", Intrinsic::x86_cmp_ps},
    {"x86.sse.cmp.ss", Intrinsic::x86_cmp_ss},
    {"x86.sse.cvtss2si", Intrinsic::x86_cvtss2si},
    {"x86.sse.cvttss2si", Intrinsic::x86_cvttss2si},
    {"x86.sse2.pmulh.w", Intrinsic::x86_pmulhw},
    {"x86.sse2.pmulhu.w", Intrinsic::x86_pmulhuw},
    {"x86.sse2.pmulu.dq", Intrinsic::x86_pmulu_dq},
    {"x86.sse2.psad.bw", Intrinsic::x86_psad_bw},
    {"x86.sse2.pause", Intrinsic::x86_pause},
    {"x86.sse2.mfence", Intrinsic::x86_mfence},
};

/// Whether `suffix` is nothing, or what overloading appends: ".i32", ".p0.v4f32".
bool is_type_suffix(Text suffix) {
  while (suffix.size != 0) {
    if (suffix.size < 2 || suffix.data[0] != '.') return false;
    const char kind = suffix.data[1];
    if (kind != 'i' && kind != 'f' && kind != 'p' && kind != 'v') return false;
    uint32_t i = 2;
    bool digit = false;
    for (; i < suffix.size && suffix.data[i] != '.'; ++i) {
      const char c = suffix.data[i];
      digit |= c >= '0' && c <= '9';
    }
    if (!digit) return false;
    suffix = suffix.without_prefix(i);
  }
  return true;
}

}  // namespace

Intrinsic intrinsic_of(Text name) {
  constexpr Text kPrefix = "llvm.";
  if (!name.starts_with(kPrefix)) return Intrinsic::none;
  const Text rest = name.without_prefix(kPrefix.size);
  if (rest.starts_with("dbg.")) return Intrinsic::nothing;
  for (const Row& row : kRows) {
    if (rest.starts_with(row.name) && is_type_suffix(rest.without_prefix(row.name.size))) {
      return row.intrinsic;
    }
  }
  return Intrinsic::unknown;
}

}  // namespace jit
