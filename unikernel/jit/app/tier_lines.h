// What became of a program's functions while it ran, kept for lines behind its own text.
#pragma once

#include "program/program.h"

namespace kernel {
class Console;
}

namespace jit::app {

/// `tier: f(1 = 64) t1 -> t2 at 63618423, 565 samples, ...`; docs/ADAPTIVE.md says what it means.
class TierLines {
 public:
  /// The module outlives this.
  void add(const Module& module, const TierChange& change);
  void tell(kernel::Console& out) const;
  /// Versions that are called from then on, for who counts their instructions (wire/tier.h).
  void tell_gains(kernel::Console& out) const;
  /// `(1=64,*2+8=172)`: what a version is for, by the slots of the arguments.
  static void add_known(Line& line, const TierChange& change);
  /// How long the program has stood still at most.
  static void tell_longest(kernel::Console& out, const ProgramResult& result);
  void clear() { count_ = lost_ = 0; }

 private:
  static constexpr uint32_t kMost = 512;
  struct Kept {
    TierChange change;
    Text name;
    Line why;
  };
  static void tell(kernel::Console& out, const Kept& kept);

  Kept kept_[kMost];
  uint32_t count_ = 0, lost_ = 0;
};

}  // namespace jit::app
