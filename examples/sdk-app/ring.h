// A ring of bytes: what the tests and the benchmark of this example are about.
#pragma once

#include <cstddef>
#include <cstdint>

class Ring {
 public:
  static constexpr std::size_t kSize = 16;
  /// False when it is full.
  bool put(std::uint8_t byte) {
    if (used_ == kSize) return false;
    bytes_[(first_ + used_++) % kSize] = byte;
    return true;
  }
  /// The oldest byte, or -1 when it is empty.
  int take() {
    if (used_ == 0) return -1;
    const std::uint8_t byte = bytes_[first_];
    first_ = (first_ + 1) % kSize;
    --used_;
    return byte;
  }
  std::size_t used() const { return used_; }

 private:
  std::uint8_t bytes_[kSize] = {};
  std::size_t first_ = 0, used_ = 0;
};
