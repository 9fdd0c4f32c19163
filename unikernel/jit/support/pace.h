// How far a work goes on before it lets others go on. Whoever does it says so at each step of it.
#pragma once

#include <stdint.h>

namespace jit {

class Pace {
 public:
  /// `pause` comes back when the work may go on.
  Pace(void (*pause)(void*), void* context) : pause_(pause), context_(context) {}

  /// The work may go on for so many ticks of the clock; without one, a step is a hundred.
  void begin(uint64_t ticks, uint64_t (*clock)()) {
    clock_ = clock;
    begin_ = clock != nullptr ? clock() : 0;
    ticks_ = ticks;
    steps_ = looked_ = 0;
    is_under_way_ = true;
  }
  /// What is done from here on is not the work.
  void end() { is_under_way_ = false; }
  /// So many steps, about a hundred instructions each.
  void step(uint32_t count) {
    if (!is_under_way_) return;
    steps_ += count;
    if (steps_ - looked_ >= kLook) look();
  }

  /// Before so many steps that are to be done without a pause: now, where there is no time for
  /// them.
  void make_room(uint32_t count) {
    if (!is_under_way_) return;
    const uint64_t ticks = uint64_t{count} * kTicksOfStep;
    if (ticks < ticks_ && elapsed() + ticks > ticks_) pause_(context_);
  }

 private:
  static constexpr uint32_t kTicksOfStep = 100;
  [[nodiscard]] uint64_t elapsed() const {
    return clock_ != nullptr ? clock_() - begin_ : uint64_t{steps_} * kTicksOfStep;
  }
  /// Steps from one look at the clock to the next.
  static constexpr uint32_t kLook = 64;
  [[gnu::noinline]] void look() {
    looked_ = steps_;
    if (elapsed() >= ticks_) pause_(context_);
  }

  void (*pause_)(void*);
  void* context_;
  uint64_t (*clock_)() = nullptr;
  uint64_t begin_ = 0, ticks_ = 0;
  uint32_t steps_ = 0, looked_ = 0;
  bool is_under_way_ = false;
};

}  // namespace jit
