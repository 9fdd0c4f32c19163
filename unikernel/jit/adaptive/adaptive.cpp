#include "adaptive/adaptive.h"

namespace jit {
namespace {

/// Loops of one function that become machine code beside the function itself.
constexpr uint8_t kMaxTries = 4;

template <class T>
Span<T> make_rows(Machine& machine) {
  const uint32_t count = machine.state().entries.size;
  T* const rows = machine.resources().code->make<T>(count);
  return {rows, rows != nullptr ? count : 0};
}

}  // namespace

Adaptive::Adaptive(Machine& machine, Native& native, const HotPathOptions& options,
                   uint64_t (*clock)(), const Listener& listener)
    : machine_(machine),
      native_(native),
      options_(options),
      hot_paths_({}, options),
      clock_(clock),
      listener_(listener) {}

bool Adaptive::start() {
  hot_paths_ = HotPaths(make_rows<uint32_t>(machine_), options_);
  tries_ = make_rows<uint8_t>(machine_);
  for (uint8_t& tries : tries_) tries = 0;
  if (machine_.resources().code->exhausted() || !native_.prepare()) return false;
  native_.install();
  State& state = machine_.mutable_state();
  state.share = state.until_sample = options_.share;
  state.sample = sample;
  state.sampler = this;
  return true;
}

void Adaptive::sample(State& state, const Cell* ip) {
  Adaptive& self = *static_cast<Adaptive*>(state.sampler);
  // A function that is called for the first time has no code yet: the next sample is soon.
  const Machine::Lowered* const function = self.machine_.lowered_at(ip);
  if (function == nullptr) return;
  const FunctionId id = function->id;
  if (self.hot_paths_.add(id, function->instructions)) {
    self.change(*function, TierChange::calls, ip);
  } else if (self.native_.is_published(id) && self.tries_[id] < kMaxTries) {
    // Calls of it are machine code already: this one does not end.
    ++self.tries_[id];
    self.change(*function, TierChange::loop, ip);
  }
}

void Adaptive::change(const Machine::Lowered& function, TierChange::What what, const Cell* ip) {
  const auto now = [&] { return clock_ != nullptr ? clock_() : 0; };
  const FunctionId id = function.id;
  TierChange change = {id, what, machine_.fuel_used(), hot_paths_.samples(id),
                       function.instructions};
  const uint64_t begin = now();
  const bool calls = what == TierChange::calls;
  const bool made = calls ? native_.make(id) : native_.replace(function, ip);
  change.ticks = now() - begin;
  ticks_ += change.ticks;
  if (made) change.bytes = native_.last().size;
  if (listener_.changed != nullptr) {
    listener_.changed(listener_.context, *machine_.state().module, native_, change);
  }
  if (made && calls) native_.publish(id);
}

}  // namespace jit
