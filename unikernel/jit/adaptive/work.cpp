// What is compiled while the program runs: one function after the other, a slice at each sample.
#include "adaptive/adaptive.h"

namespace jit {

/// Behind all that is wanted already. Of one function one thing at a time.
void Adaptive::want(FunctionId id, TierChange::What what, const Cell* ip) {
  rows_[id].turn = {true, what, ip, kNone};
  (last_wanted_ == kNone ? first_wanted_ : rows_[last_wanted_].turn.next) = id;
  last_wanted_ = id;
}

void Adaptive::go_on(uint64_t ticks_at_once) {
  if (!slices_.is_active()) {
    if (first_wanted_ == kNone) return;
    slices_.begin(work, this);
  }
  const bool is_trial = trial_.is_under_way();
  slice_begin_ = now();
  if (is_trial) {
    trial_.go_on(slices_, ticks_at_once);
  } else {
    slices_.go_on(ticks_at_once, clock_);
  }
  const uint64_t ticks = now() - slice_begin_;
  ticks_ += ticks;
  if (!is_trial && longest_slice_ < ticks) longest_slice_ = ticks;
  if (!is_trial) return;
  trial_ticks_ += ticks;
  if (longest_still_ < ticks) longest_still_ = ticks;
  if (longest_trial_ < trial_ticks_) longest_trial_ = trial_ticks_;
}

/// Without a pause.
void Adaptive::work_off() {
  while (first_wanted_ != kNone) go_on(kUncut);
}

/// The first of what is wanted.
void Adaptive::work(void* context) {
  Adaptive& self = *static_cast<Adaptive*>(context);
  const FunctionId id = self.first_wanted_;
  const Turn wanted = self.rows_[id].turn;
  if (wanted.what == TierChange::version) {
    self.make_versions(id, *self.rows_[id].hot);
  } else if (wanted.what == TierChange::versions) {
    self.watch(id, *self.rows_[id].hot);
  } else if (wanted.what == TierChange::trial) {
    self.trial_.work(self.slices_.pace());
    self.finish_trial(id, *self.rows_[id].hot);
  } else {
    self.change(*self.machine_.lowered_at(wanted.ip), wanted.what, wanted.ip);
  }
  Turn& done = self.rows_[id].turn;
  self.first_wanted_ = done.next;
  if (self.first_wanted_ == kNone) self.last_wanted_ = kNone;
  done = {};
}

void Adaptive::pause_trial(void* context, FunctionId, bool) {
  static_cast<Adaptive*>(context)->trial_.pause();
}
void Adaptive::pause_trial_interpreted(State& state, const Cell*) {
  static_cast<Adaptive*>(state.sampler)->trial_.pause();
}

/// The interpreter's code of a function that is called for the first time. Where the compiler has
/// taken the memory for that, it gets to its end first; when nobody else is at work, all memory is
/// for it.
Outcome Adaptive::lower(State& state, FunctionId id) {
  Adaptive& self = *static_cast<Adaptive*>(state.sampler);
  Arena& scratch = *self.machine_.resources().scratch;
  const auto lower = [&] {
    scratch.use(self.slices_.is_active() ? &self.slices_.pace() : nullptr);
    const Outcome outcome = self.lower_(state, id);
    scratch.use(&self.slices_.pace());
    return outcome;
  };
  const Outcome outcome = lower();
  if (outcome == Outcome::returned || !self.slices_.is_active()) return outcome;
  if (self.trial_.is_inside()) return outcome;  // it is what is at work
  scratch.restore_exhausted(false);
  state.fault = {};
  self.work_off();
  return lower();
}

}  // namespace jit
