// Selects by vectors of masks, of integers and of floats, and compares that feed them.
#include "corpus.h"

namespace {

using Float4 = float __attribute__((vector_size(16)));
using Int4 = int32_t __attribute__((vector_size(16)));
using Byte16 = uint8_t __attribute__((vector_size(16)));

Float4 clamp(Float4 v, Float4 low, Float4 high) {
  v = v < low ? low : v;
  return v > high ? high : v;
}

}  // namespace

extern "C" int guest_main(int argument) {
  Float4 v = {opaque_float(0.5f), -3.0f, 8.0f, static_cast<float>(argument)};
  Int4 state = {1, -2, 3, opaque(4)};
  Byte16 bytes = {};
  for (int i = 0; i < 30; ++i) {
    v = clamp(v * 1.5f - static_cast<float>(i), Float4{-50, -40, -30, -20}, Float4{10, 20, 30, 40});
    state = state * 1103515245 + 12345 < 0 ? state ^ 0x55aa : state + (state >> 3);
    const Byte16 ramp = bytes + static_cast<uint8_t>(i);
    bytes = (ramp & 1) != 0 ? ramp * 3 : ramp + 7;
    bytes[opaque(i) & 15] = static_cast<uint8_t>(i * 13);
    const Int4 order = v < 0.0f;
    state = order ? -state : state;
    for (int k = 0; k < 4; ++k) {
      mix_float(v[k]);
      mix(static_cast<uint32_t>(state[k]));
    }
    mix(bytes[static_cast<unsigned>(opaque(i * 5)) & 15]);
  }
  return finish();
}
