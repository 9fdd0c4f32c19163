// What lanes.h and clang's headers ask of SSE2 by name: the processor's own instructions, which the
// host and every guest of this project have (Intel SDM volume 2).
#include <emmintrin.h>

#include "interpreter/helpers.h"

namespace jit {

Outcome x86_vector(State&, uint32_t* frame, const Cell* cells) {
  const auto at = [&](Cell slot) { return reinterpret_cast<char*>(frame) + slot; };
  const auto integers = [&](uint32_t which) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i_u*>(at(cells[which])));
  };
  const auto floats = [&](uint32_t which) {
    return _mm_loadu_ps(reinterpret_cast<const float*>(at(cells[which])));
  };
  const auto give = [&](__m128i r) {
    _mm_storeu_si128(reinterpret_cast<__m128i_u*>(at(cells[1])), r);
    return Outcome::returned;
  };
  const auto give_floats = [&](__m128 r) { return give(_mm_castps_si128(r)); };
  const auto give_word = [&](int r) {
    __builtin_memcpy(at(cells[1]), &r, sizeof r);
    return Outcome::returned;
  };
  switch (static_cast<Intrinsic>(cells[0])) {
    case Intrinsic::x86_packsswb:
      return give(_mm_packs_epi16(integers(2), integers(3)));
    case Intrinsic::x86_packuswb:
      return give(_mm_packus_epi16(integers(2), integers(3)));
    case Intrinsic::x86_pmulhw:
      return give(_mm_mulhi_epi16(integers(2), integers(3)));
    case Intrinsic::x86_pmulhuw:
      return give(_mm_mulhi_epu16(integers(2), integers(3)));
    case Intrinsic::x86_pmulu_dq:
      return give(_mm_mul_epu32(integers(2), integers(3)));
    case Intrinsic::x86_psad_bw:
      return give(_mm_sad_epu8(integers(2), integers(3)));
    case Intrinsic::x86_cvttps2dq:
      return give(_mm_cvttps_epi32(floats(2)));
    case Intrinsic::x86_min_ss:
      return give_floats(_mm_min_ss(floats(2), floats(3)));
    case Intrinsic::x86_max_ss:
      return give_floats(_mm_max_ss(floats(2), floats(3)));
    case Intrinsic::x86_movmsk_ps:
      return give_word(_mm_movemask_ps(floats(2)));
    case Intrinsic::x86_pmovmskb:
      return give_word(_mm_movemask_epi8(integers(2)));
    case Intrinsic::x86_cvtss2si:
      return give_word(_mm_cvtss_si32(floats(2)));
    case Intrinsic::x86_cvttss2si:
      return give_word(_mm_cvttss_si32(floats(2)));
    case Intrinsic::x86_cmp_ps:
      switch (cells[4]) {
        case 0:
          return give_floats(_mm_cmpeq_ps(floats(2), floats(3)));
        case 1:
          return give_floats(_mm_cmplt_ps(floats(2), floats(3)));
        case 2:
          return give_floats(_mm_cmple_ps(floats(2), floats(3)));
        case 3:
          return give_floats(_mm_cmpunord_ps(floats(2), floats(3)));
        case 4:
          return give_floats(_mm_cmpneq_ps(floats(2), floats(3)));
        case 5:
          return give_floats(_mm_cmpnlt_ps(floats(2), floats(3)));
        case 6:
          return give_floats(_mm_cmpnle_ps(floats(2), floats(3)));
        case 7:
          return give_floats(_mm_cmpord_ps(floats(2), floats(3)));
        default:
          return Outcome::unsupported;
      }
    default:
      return Outcome::unsupported;
  }
}

}  // namespace jit
