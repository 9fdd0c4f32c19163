#include "adaptive/adaptive.h"

namespace jit {
namespace {

/// Loops of one function that become machine code beside the function itself.
constexpr uint8_t kMaxLoops = 4;
/// A function that was worth so many samples is large: its loops become machine code after as many
/// as that, squared, by kImpatience.
constexpr uint32_t kLargeWorth = 32, kImpatience = 64;
/// Of the compiler.
constexpr uint32_t kStackBytes = 64 * 1024;
/// Of the IR, run by a version that is tried, from one look at the clock to the next.
constexpr uint32_t kTrialShare = 8209;

template <class T>
Span<T> make_rows(Machine& machine) {
  const uint32_t count = machine.state().entries.size;
  T* const rows = machine.resources().code->make<T>(count);
  return {rows, rows != nullptr ? count : 0};
}

}  // namespace

Adaptive::Adaptive(Machine& machine, Native& native, const HotPathOptions& options,
                   uint64_t (*clock)(), const Protection* protection, const Listener& listener)
    : machine_(machine),
      native_(native),
      options_(options),
      interpreted_({}, 0, 0),
      compiled_({}, 0, 0),
      clock_(clock),
      protection_(protection),
      listener_(listener),
      trial_(machine, native, protection, clock) {}

bool Adaptive::start() {
  interpreted_ = HotPaths(make_rows<uint32_t>(machine_), options_.share, options_.break_even);
  compiled_ =
      HotPaths(make_rows<uint32_t>(machine_), options_.machine_share, options_.machine_break_even);
  rows_ = make_rows<Row>(machine_);
  for (Row& row : rows_) row = {};
  native_.use(Native::Sampler{sample_machine_code, options_.machine_share, this});
  native_.use(Native::Leaver{tell_gone, this});
  char* const stack = machine_.resources().code->make<char>(kStackBytes);
  if (machine_.resources().code->exhausted() || !native_.prepare()) return false;
  native_.install();
  slices_.use({stack, kStackBytes});
  const uint32_t share =
      options_.machine_share < kTrialShare ? options_.machine_share : kTrialShare;
  (void)trial_.prepare(*machine_.resources().scratch,
                       {pause_trial_interpreted, {pause_trial, share, this}});
  machine_.resources().scratch->use(&slices_.pace());
  State& state = machine_.mutable_state();
  lower_ = state.compile;
  state.compile = lower;
  state.share = state.until_sample = until_sample_ = options_.share;
  state.sample = sample;
  state.sampler = this;
  return true;
}

void Adaptive::tell_gone(void* context, const Native::Piece& piece) {
  const Listener& listener = static_cast<Adaptive*>(context)->listener_;
  if (listener.gone == nullptr || piece.kind == Native::Piece::way) return;
  listener.gone(listener.context, {piece.offset, piece.size});
}

void Adaptive::sample(State& state, const Cell* ip) {
  Adaptive& self = *static_cast<Adaptive*>(state.sampler);
  self.since_noted_ += self.until_sample_;
  if (self.since_noted_ >= self.options_.share) {
    self.since_noted_ = 0;
    self.note_interpreted(ip);
  }
  self.go_on(self.options_.slice);
  // What is wanted is wanted soon: its turn comes more often than samples are noted.
  const bool works = self.first_wanted_ != kNone;
  self.until_sample_ = works ? (self.options_.share + 3) / 4 : self.options_.share;
  state.until_sample = self.until_sample_;
}

void Adaptive::note_interpreted(const Cell* ip) {
  // A function that is called for the first time has no code yet: the next sample is soon.
  const Machine::Lowered* const function = machine_.lowered_at(ip);
  if (function == nullptr) return;
  const FunctionId id = function->id;
  const bool pays = interpreted_.add(id, function->instructions);
  const bool published = native_.is_published(id);
  if (pays && !published) {
    want(id, TierChange::calls, ip);
  } else if (Row& row = rows_[id]; published && row.loops < kMaxLoops && !row.turn.is_wanted) {
    // Calls of it are machine code already: this one does not end.
    if (++row.late < late_samples(interpreted_.worth(function->instructions))) return;
    row.late = 0;
    ++row.loops;
    want(id, TierChange::loop, ip);
  }
}

/// A loop's code takes twice what that of calls did, which was worth so many samples, and comes
/// later: so a call of a large function is given time to end by itself.
uint32_t Adaptive::late_samples(uint32_t worth) const {
  const uint64_t patient = worth < kLargeWorth ? 0 : uint64_t{worth} * worth / kImpatience;
  if (patient > ~0U) return ~0U;
  return patient < options_.loop_samples ? options_.loop_samples : static_cast<uint32_t>(patient);
}

/// What is to be told now of a function that `paths` has samples of.
TierChange Adaptive::change_of(FunctionId id, TierChange::What what, const HotPaths& paths) const {
  TierChange change;
  change.id = id;
  change.what = what;
  change.at = machine_.fuel_used();
  change.samples = paths.samples(id);
  change.instructions = rows_[id].size;
  return change;
}

void Adaptive::change(const Machine::Lowered& function, TierChange::What what, const Cell* ip) {
  const FunctionId id = function.id;
  rows_[id].size = function.instructions;
  TierChange change = change_of(id, what, interpreted_);
  const uint64_t begin = worked();
  const bool calls = what == TierChange::calls;
  const bool made = calls ? native_.make(id) : native_.replace(function, ip);
  change.ticks = worked() - begin;
  if (made) {
    change.bytes = native_.last().size;
    tell_made(change);
  } else {
    change.why = native_.fault().what.text();
    rows_[id].refused |= calls;
  }
  tell(change);
  if (made && calls) native_.publish(id);
}

}  // namespace jit
