// Float intrinsics of <emmintrin.h>: arithmetic, minima and maxima, compares, conversions, moves.
#include "corpus.h"

#include <emmintrin.h>

static void mix_vector(__m128 v) {
  float lanes[4];
  _mm_storeu_ps(lanes, v);
  for (int i = 0; i < 4; ++i) mix_float(lanes[i]);
}

int guest_main(int argument) {
  __m128 a = _mm_setr_ps(opaque_float(1.25f), -2.5f, 1000.5f, (float)argument);
  const __m128 step = _mm_set1_ps(opaque_float(0.375f));
  __m128 sum = _mm_setzero_ps();
  for (int i = 0; i < 30; ++i) {
    const __m128 b = _mm_mul_ps(_mm_add_ps(a, step), _mm_set_ps1((float)(i - 15)));
    mix_vector(_mm_min_ps(a, b));
    mix_vector(_mm_max_ps(a, b));
    mix_vector(_mm_and_ps(_mm_cmplt_ps(a, b), a));
    mix_vector(_mm_or_ps(_mm_andnot_ps(_mm_cmple_ps(a, b), b), step));
    mix_vector(_mm_unpacklo_ps(a, b));
    mix_vector(_mm_shuffle_ps(a, b, _MM_SHUFFLE(2, 0, 3, 1)));
    mix_vector(_mm_movehl_ps(a, b));
    mix_vector(_mm_cvtepi32_ps(_mm_cvtps_epi32(b)));
    mix((uint32_t)_mm_cvtsi128_si32(_mm_cvttps_epi32(b)));
    mix_vector(_mm_sqrt_ps(_mm_mul_ps(b, b)));
    sum = _mm_add_ps(sum, _mm_div_ps(b, _mm_set1_ps(3.0f)));
    a = _mm_sub_ps(a, step);
  }
  mix_vector(sum);
  mix_float(_mm_cvtss_f32(_mm_add_ss(sum, a)));
  return finish();
}
