// A program that begins in the interpreter, and whose functions become machine code while it runs,
// as soon as that pays.
#pragma once

#include "adaptive/hot_paths.h"
#include "compiler/native.h"
#include "interpreter/machine.h"

namespace jit {

/// One function became machine code, or cannot.
struct TierChange {
  enum What : uint8_t { calls, loop };
  FunctionId id = kNone;
  What what = calls;          // from its next call on; or from the next turn of the loop it is in
  uint64_t at = 0;            // instructions of the IR that the program had run
  uint32_t samples = 0;       // of the function
  uint32_t instructions = 0;  // of the IR, in it
  uint32_t bytes = 0;         // of machine code; 0: it was refused, and stays interpreted
  uint64_t ticks = 0;         // what compiling it took
};

class Adaptive {
 public:
  /// `machine` has been loaded, `native` is new: all outlive this. `clock` counts ticks, or is
  /// nullptr. `changed` is told of each change, before the code is called for the first time.
  struct Listener {
    void (*changed)(void* context, const Module& module, const Native& native,
                    const TierChange& change) = nullptr;
    void* context = nullptr;
  };
  Adaptive(Machine& machine, Native& native, const HotPathOptions& options, uint64_t (*clock)(),
           const Listener& listener);
  Adaptive(const Adaptive&) = delete;
  Adaptive& operator=(const Adaptive&) = delete;

  /// The program's run() is adaptive from here on. false: there is no memory.
  bool start();
  /// What all compiling has taken.
  [[nodiscard]] uint64_t ticks() const { return ticks_; }

 private:
  static void sample(State& state, const Cell* ip);
  void change(const Machine::Lowered& function, TierChange::What what, const Cell* ip);

  Machine& machine_;
  Native& native_;
  HotPathOptions options_;
  HotPaths hot_paths_;
  uint64_t (*clock_)();
  Listener listener_;
  Span<uint8_t> tries_;  // by function: loops of it that were tried
  uint64_t ticks_ = 0;
};

}  // namespace jit
