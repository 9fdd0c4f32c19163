// Real time, for tokens per second: channel 0 of the 8254, which counts down 65,536 ticks of
// 838 ns (1,193,182 a second) over and over. It is set up first, because not every firmware does
// (qboot leaves it so that half of a count is read twice); then it is read where it stands and
// never waited for.
//
// Source: Intel 8254 data sheet (231164), "Control word format", "Counter latch command", and mode
// 2, which counts down by one.
#pragma once

#include <stdint.h>

#include "kernel/cpu.h"

namespace kernel {

class Pit {
 public:
  Pit() {
    constexpr uint8_t kBothBytesModeTwo = 0x34;
    x86::out8(kControl, kBothBytesModeTwo);
    x86::out8(kCounter, 0);  // 65,536, low byte and high byte
    x86::out8(kCounter, 0);
    last_ = read();
  }
  /// Call at least every 54 ms: a whole round more goes unseen.
  void look() {
    const uint16_t now = read();
    ticks_ += static_cast<uint16_t>(last_ - now);
    last_ = now;
  }
  [[nodiscard]] uint64_t ticks() const { return ticks_; }

 private:
  static constexpr uint16_t kCounter = 0x40, kControl = 0x43;
  static uint16_t read() {
    x86::out8(kControl, 0);  // latch counter 0
    const uint8_t low = x86::in8(kCounter);
    return static_cast<uint16_t>(low | x86::in8(kCounter) << 8);
  }
  uint16_t last_ = 0;
  uint64_t ticks_ = 0;
};

}  // namespace kernel
