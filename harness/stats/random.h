// Random numbers that are the same for the same seed on every machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace harness::stats {

/// SplitMix64 (Steele, Lea & Flood 2014). The standard library's distributions and shuffles differ
/// between implementations.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// 0 .. size - 1; its bias is size / 2^32.
  std::size_t below(std::size_t size) {
    return static_cast<std::size_t>(((next() >> 32) * size) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace harness::stats
