// Which functions of a program are worth compiling, from samples of where the interpreter is. It is
// stopped each time it has run so many instructions of the IR: so a function's samples are its
// share of the instructions that were interpreted, at no cost to those, and the same in each run.
#pragma once

#include "ir/ir.h"

namespace jit {

struct HotPathOptions {
  /// Instructions of the IR from one sample to the next. A prime, so that no loop keeps step.
  uint32_t share = 4099;
  /// A function is compiled when each of its instructions has been interpreted so often, on
  /// average: docs/ADAPTIVE.md says what compiling costs and gains.
  uint32_t break_even = 325;
  /// Samples that still find a function interpreted whose calls are machine code before a loop of
  /// it becomes that: a call that began before may end soon. Of a large one, more.
  uint32_t loop_samples = 8;
  /// Of machine code: instructions from one sample to the next, and how often each of a function's
  /// has been run, on average, when it is compiled once more for arguments that repeat.
  uint32_t machine_share = 65'537;
  uint32_t machine_break_even = 100'000;
  /// Calls of such a function that are watched, to see what repeats, and instructions of the IR
  /// from one to the next, on average: what is the same for a while only is seen to change.
  uint32_t watched = 32;
  uint32_t watch_share = 131'071;
  /// Of the ticks of a call by T1, so many hundredths may a version take that is published.
  uint32_t version_ticks = 97;
  /// Samples of a function before the versions are tried that an earlier run has made: a trial
  /// takes about a million instructions.
  uint32_t trial_samples = 16;
  /// So often are versions made of one function, when those before fit no longer. Each time it must
  /// have been as hot again.
  uint32_t chances = 4;
  /// Ticks for which the compiler goes on at once, a little more up to where it can be cut; then
  /// the program does, until its next sample.
  uint32_t slice = 100'000;
};

class HotPaths {
 public:
  /// `rows`: one for each function, zeroed here; they outlive this.
  HotPaths(Span<uint32_t> rows, uint32_t share, uint32_t break_even);

  /// One more sample in a function of `instructions` of the IR. true: compiling it pays from here
  /// on. Said once.
  bool add(FunctionId id, uint32_t instructions);
  /// Samples that a function of so many instructions needs for that; 1 at least.
  [[nodiscard]] uint32_t worth(uint32_t instructions) const;
  [[nodiscard]] uint32_t samples(FunctionId id) const { return rows_[id]; }
  /// It has to pay once more.
  void forget(FunctionId id) { rows_[id] = 0; }
  [[nodiscard]] uint32_t all_samples() const;

 private:
  Span<uint32_t> rows_;
  uint32_t share_, break_even_;
};

}  // namespace jit
