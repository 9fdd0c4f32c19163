#include "plain/math.h"

#include "engine/math.h"

namespace llama {
namespace {

/// 2^x for x from -126 to 127 by the same polynomial as the engine, for one number.
struct OneLane {
  using F = float;
  static F all(float x) { return x; }
  static F max(F a, F b) { return a > b ? a : b; }
  static F add(F a, F b) { return a + b; }
  static F sub(F a, F b) { return a - b; }
  static F mul(F a, F b) { return a * b; }
  static int32_t round(F x) { return static_cast<int32_t>(x + (x < 0 ? -0.5F : 0.5F)); }
  static F to_float(int32_t n) { return static_cast<float>(n); }
  static F scale(F p, int32_t n) {
    return p * __builtin_bit_cast(float, static_cast<uint32_t>(n + 127) << 23);
  }
};

}  // namespace

float plain_exp(float x) { return exp2<OneLane>(x * kLog2E); }

void plain_rope_angle(uint32_t position, uint32_t pair, uint32_t size, float* out) {
  constexpr double kLn10000 = 9.210340371976182736;
  const auto frequency = static_cast<float>(power_of_e(-kLn10000 * pair / size));
  const SineCosine at = sine_cosine(static_cast<float>(position) * frequency);
  out[0] = at.cosine;
  out[1] = at.sine;
}

}  // namespace llama
