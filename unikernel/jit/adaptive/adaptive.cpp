#include "adaptive/adaptive.h"

namespace jit {
namespace {

/// Loops of one function that become machine code beside the function itself.
constexpr uint8_t kMaxLoops = 4;

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
      listener_(listener) {}

bool Adaptive::start() {
  interpreted_ = HotPaths(make_rows<uint32_t>(machine_), options_.share, options_.break_even);
  compiled_ =
      HotPaths(make_rows<uint32_t>(machine_), options_.machine_share, options_.machine_break_even);
  rows_ = make_rows<Row>(machine_);
  for (Row& row : rows_) row = {};
  native_.use(Native::Sampler{sample_machine_code, options_.machine_share, this});
  native_.use(Native::Leaver{tell_gone, this});
  if (machine_.resources().code->exhausted() || !native_.prepare()) return false;
  native_.install();
  State& state = machine_.mutable_state();
  state.share = state.until_sample = options_.share;
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
  // A function that is called for the first time has no code yet: the next sample is soon.
  const Machine::Lowered* const function = self.machine_.lowered_at(ip);
  if (function == nullptr) return;
  const FunctionId id = function->id;
  const bool pays = self.interpreted_.add(id, function->instructions);
  const bool published = self.native_.is_published(id);
  if (pays && !published) {
    self.change(*function, TierChange::calls, ip);
  } else if (published && self.rows_[id].loops < kMaxLoops) {
    // Calls of it are machine code already: this one does not end.
    ++self.rows_[id].loops;
    self.change(*function, TierChange::loop, ip);
  }
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
  const uint64_t begin = now();
  const bool calls = what == TierChange::calls;
  const bool made = calls ? native_.make(id) : native_.replace(function, ip);
  change.ticks = now() - begin;
  ticks_ += change.ticks;
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
