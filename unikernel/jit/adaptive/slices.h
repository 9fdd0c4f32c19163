// Work that is done in slices, each when its turn comes, on a stack of its own. The work says where
// it can be cut: at each step of a Pace. Elsewhere than in a guest, and in 32-bit programs, it is
// done in one.
#pragma once

#include "support/arena.h"
#include "support/pace.h"

namespace jit {

class Slices {
 public:
  Slices() : pace_(pause, this) {}
  Slices(const Slices&) = delete;
  Slices& operator=(const Slices&) = delete;

  /// `stack` is for the work, and outlives this.
  void use(Span<char> stack) { stack_ = stack; }
  [[nodiscard]] Pace& pace() { return pace_; }

  /// Work that is not done. Nothing of it is run yet.
  void begin(void (*work)(void*), void* context);
  [[nodiscard]] bool is_active() const { return work_ != nullptr; }
  /// Goes on with the work until its next step behind so many ticks of the clock, or its end. Not
  /// from within it.
  void go_on(uint64_t ticks, uint64_t (*clock)());
  /// The work is over, wherever it is: an exception has ended it. Not from within it.
  void stop();

 private:
  static void pause(void* self);
  [[noreturn]] static void run(Slices* self);

  Pace pace_;
  Span<char> stack_;
  void (*work_)(void*) = nullptr;
  void* context_ = nullptr;
  uint32_t inside_ = 0, outside_ = 0;  // stack pointers, of who waits
};

/// Calls code(context) with `stack` as its stack; elsewhere than in 32-bit programs on that of the
/// caller.
void run_on_stack(Span<char> stack, void (*code)(void*), void* context);

}  // namespace jit
