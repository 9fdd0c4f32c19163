// Noise of several shapes, seeded: what simulations of comparisons draw their samples from.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

namespace harness::stats {

class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed) {}
  double uniform() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (static_cast<double>((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
  }
  double normal() {  // Box & Muller
    return std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
  }

 private:
  std::uint64_t state_;
};

/// What the host makes of one boot's number whose true value is 1. `boot` counts all boots.
using Model = std::function<double(Noise& noise, double boot)>;

inline double normal_noise(Noise& noise, double) { return 1 + 0.045 * noise.normal(); }
/// As the noisiest test of scenarios/session20.yaml on real boots beside compilers
/// (docs/MEASUREMENT.md): 5.5 % about the median, and every eighth boot slowed by up to several
/// times.
inline double boots_beside_compilers(Noise& noise, double) {
  const double usual = std::exp(0.055 * noise.normal());
  return noise.uniform() < 0.125 ? usual * (1 - 0.7 * std::log(noise.uniform())) : usual;
}
inline double bimodal(Noise& noise, double) {
  return (noise.uniform() < 0.3 ? 1.25 : 1.0) * (1 + 0.02 * noise.normal());
}
/// A host that slows down by half over the budget, in waves.
inline double drifting(Noise& noise, double boot) {
  return (1 + boot / 360 + 0.1 * std::sin(boot / 9)) * (1 + 0.02 * noise.normal());
}
/// Whole numbers of few values, as a short loop's: many ties.
inline double coarse(Noise& noise, double) { return std::round(14 + 0.6 * noise.normal()) / 14; }

}  // namespace harness::stats
