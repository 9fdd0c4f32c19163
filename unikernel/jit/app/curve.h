// What a program takes from each text that it writes to the next: a Llama's words, say.
#pragma once

#include "adaptive/adaptive.h"

namespace kernel {
class Console;
}

namespace jit::app {

class Curve {
 public:
  /// Of a program that begins now, and writes to `out`. Where nobody asks for the curve, the clock
  /// is not read.
  void begin(kernel::Console& out, bool is_wanted);
  /// For Output::write; `context` is this.
  static void write(void* context, const char* bytes, uint32_t size);
  /// The last text that was written has left its line open.
  [[nodiscard]] bool is_in_line() const { return in_line_; }
  /// Before the next text a function became something else.
  void mark(const Module& module, const TierChange& change);
  /// What the last texts took, of so many at most.
  [[nodiscard]] uint64_t last(uint32_t texts) const;
  /// All of it (wire/curve.h), under the name "`program``suffix`: ticks a text". `before` ticks
  /// went by before the program ran: reading it, and compiling.
  void tell(Text program, Text suffix, uint64_t before);

 private:
  static constexpr uint32_t kMost = 1024, kMostMarks = 64;
  struct Mark {
    uint32_t at = 0;
    Line text;
  };

  kernel::Console* out_ = nullptr;
  bool is_wanted_ = false, in_line_ = false;
  uint64_t last_ = 0;  // ticks
  uint64_t values_[kMost] = {};
  uint32_t count_ = 0;
  Mark marks_[kMostMarks] = {};
  uint32_t mark_count_ = 0;
};

}  // namespace jit::app
