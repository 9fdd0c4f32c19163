// A trial (trial.h) that is cut into slices: the interpreter runs the call, and the program goes
// on; the version runs the same call on memory of its own, some of it whenever its turn comes.
#pragma once

#include "adaptive/slices.h"
#include "adaptive/trial.h"
#include "adaptive/twin_memory.h"

namespace jit {

class CutTrial {
 public:
  /// All outlive this. Without `protection`, or views in it, nothing can be tried so.
  CutTrial(Machine& machine, Native& native, const Protection* protection, uint64_t (*clock)())
      : machine_(machine), native_(native), protection_(protection), clock_(clock) {}
  CutTrial(const CutTrial&) = delete;
  CutTrial& operator=(const CutTrial&) = delete;
  ~CutTrial() { end(); }

  /// How the version says that it can be cut.
  struct Sampler {
    void (*interpreted)(State& state, const Cell* ip) = nullptr;  // both call pause()
    Native::Sampler compiled;
  };
  /// Takes memory from `arena` for all trials to come. false: there are no views, or too little of
  /// it.
  bool prepare(Arena& arena, const Sampler& sampler);

  /// Runs the call as test_version() does, but for the version: test().outcome says how it ended,
  /// and where that is `returned`, the trial is under way. false: it cannot be cut; nothing was
  /// done.
  bool begin(uint32_t offset, FunctionId id, uint32_t* arguments);
  [[nodiscard]] bool is_under_way() const { return phase_ != idle; }
  /// Who asks is the version.
  [[nodiscard]] bool is_inside() const { return inside_; }
  /// One slice, for Slices::go_on(): of work that calls work(), or of what is behind it.
  void go_on(Slices& slices, uint64_t ticks);
  /// The version's call, or what is left of the trial where an exception has ended it; then test()
  /// is complete. Not cut where the slices cannot be.
  void work(Pace& pace);
  /// For the sampler, from within the version.
  void pause();
  /// There was too little memory, or stack: nothing is known of the version.
  [[nodiscard]] bool is_lost() const { return lost_; }
  [[nodiscard]] const SelfTest& test() const { return test_; }
  /// The program's memory is its alone again.
  void end();

 private:
  [[nodiscard]] uint64_t now() const { return clock_ != nullptr ? clock_() : 0; }
  void run_version();
  void enter();
  void leave();
  static void slice(void* self);

  Machine& machine_;
  Native& native_;
  const Protection* protection_;
  uint64_t (*clock_)();
  TwinMemory memory_;
  Sampler sampler_;
  Span<uint32_t> slots_;    // of the interpreter, in the version's activity
  Span<char> stack_;        // on which memories are changed
  Native::Activity other_;  // the version's, or the program's while that one runs
  SelfTest test_;
  uint32_t offset_ = 0;
  FunctionId id_ = kNone;
  uint32_t first_[kMostTrialSlots] = {}, again_[kMostTrialSlots] = {};
  uint64_t fuel_left_ = 0;           // that the version must leave
  uint64_t begun_ = 0, beside_ = 0;  // ticks: when the version began, and of others since then
  enum : uint8_t { idle, begun, ran } phase_ = idle;
  bool running_ = false;  // the version is in the midst of its call,
  bool inside_ = false;   // and it is its turn
  bool lost_ = false, same_ = false;
  Pace* pace_ = nullptr;
  // Of the slice.
  Slices* slices_ = nullptr;
  uint64_t ticks_ = 0;
};

}  // namespace jit
