// Integer intrinsics of <emmintrin.h>: sums, products, packs, unpacks, shifts, masks.
#include "corpus.h"

#include <emmintrin.h>

static void mix_vector(__m128i v) {
  uint32_t words[4];
  _mm_storeu_si128((__m128i*)words, v);
  for (int i = 0; i < 4; ++i) mix(words[i]);
}

int guest_main(int argument) {
  __m128i a = _mm_set_epi32(opaque(0x12345678), -1, 0x7fff8000, argument);
  __m128i b = _mm_set1_epi16((short)opaque(257));
  for (int i = 0; i < 20; ++i) {
    mix_vector(_mm_add_epi16(a, b));
    mix_vector(_mm_sub_epi64(a, b));
    mix_vector(_mm_mullo_epi16(a, b));
    mix_vector(_mm_madd_epi16(a, b));
    mix_vector(_mm_adds_epu8(a, b));
    mix_vector(_mm_subs_epi16(a, b));
    mix_vector(_mm_max_epi16(a, b));
    mix_vector(_mm_min_epu8(a, b));
    mix_vector(_mm_packs_epi32(a, b));
    mix_vector(_mm_unpacklo_epi8(a, b));
    mix_vector(_mm_unpackhi_epi16(a, b));
    mix_vector(_mm_cmpgt_epi32(a, b));
    mix_vector(_mm_andnot_si128(a, b));
    mix_vector(_mm_slli_si128(a, 3));
    mix_vector(_mm_shuffle_epi32(a, _MM_SHUFFLE(0, 3, 1, 2)));
    mix_vector(_mm_mul_epu32(a, b));
    a = _mm_xor_si128(_mm_add_epi32(a, _mm_set1_epi32(i * 77777)), _mm_srli_si128(b, 5));
    b = _mm_add_epi8(b, a);
    mix((uint32_t)_mm_cvtsi128_si32(a));
  }
  return finish();
}
