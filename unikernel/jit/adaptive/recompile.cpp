// Functions that are hot as machine code: watched, tried in versions for arguments that repeat,
// published.
#include "adaptive/adaptive.h"
#include "adaptive/alone.h"
#include "compiler/may_fail.h"
#include "interpreter/plan.h"
#include "interpreter/runtime.h"
#include "specialize/entry_loads.h"
#include "support/bytes.h"

namespace jit {
namespace {

/// Of an integer among the arguments. A pointer must be the same in all calls.
constexpr uint32_t kMostValues = 4;
/// Calls that no version fits before a function is left alone.
constexpr uint32_t kMostMisses = 1000;
constexpr Text kFitsNone = "calls that no version fits";

}  // namespace

void Adaptive::sample_machine_code(void* context, FunctionId id, bool is_version) {
  Adaptive& self = *static_cast<Adaptive*>(context);
  self.note_machine_code(id, is_version);
  self.go_on(self.options_.slice);
}

void Adaptive::note_machine_code(FunctionId id, bool is_version) {
  if (Hot* const hot = rows_[id].hot; hot != nullptr && hot->state != Hot::resting) {
    ++(is_version ? hot->version_samples : hot->general_samples);
    if (hot->state == Hot::waiting && hot->general_samples >= options_.trial_samples) {
      hot->state = native_.watch(id, {run_watched, this}) ? Hot::tried : Hot::settled;
      if (hot->state == Hot::settled) hot->version_count = 0;
    }
    // What repeated does so no longer.
    if (hot->state == Hot::settled && hot->version_count > 0 && !is_version &&
        hot->general_samples > hot->version_samples && native_.missed(id) > kMostMisses) {
      abandon(id, *hot);
    }
    return;
  }
  if (rows_[id].turn.is_wanted) return;
  // Of a function whose loop alone is machine code, calls are not.
  if (compiled_.add(id, rows_[id].size) && native_.is_published(id)) begin_watch(id);
}

/// T1 again, for good where it has had all its chances.
void Adaptive::abandon(FunctionId id, Hot& hot) {
  const uint32_t missed = native_.missed(id);
  native_.publish(id);
  for (uint32_t k = 0; k < hot.version_count; ++k) native_.release(hot.versions[k].offset);
  hot.version_count = 0;
  give_up(id, TierChange::abandoned, kFitsNone, missed);
  rest(id, hot);
}

/// Another chance, if it has one.
void Adaptive::rest(FunctionId id, Hot& hot) {
  if (++hot.chances >= options_.chances) return;
  hot.state = Hot::resting;
  compiled_.forget(id);
}

/// The function's, of an earlier chance or new; nullptr: there is no memory.
Adaptive::Hot* Adaptive::make_hot(FunctionId id) {
  Hot*& hot = rows_[id].hot;
  if (hot != nullptr) return hot;
  const MayFail trying(machine_);
  hot = machine_.resources().code->make<Hot>(1);
  if (hot != nullptr) *hot = {};
  return hot;
}

void Adaptive::begin_watch(FunctionId id) {
  Hot* const hot = make_hot(id);
  if (hot == nullptr) return;
  const MayFail trying(machine_);
  if (hot->seen == nullptr) hot->seen = machine_.resources().code->make<Call>(options_.watched);
  if (hot->seen == nullptr) return;
  hot->state = Hot::found;
  hot->restored = false;
  hot->observed_count = hot->seen_count = 0;
  want(id, TierChange::versions, nullptr);
}

/// Its turn has come: from here on its calls are looked at, where there is something to see.
void Adaptive::watch(FunctionId id, Hot& hot) {
  Text why;
  hot.state = Hot::settled;
  if (!find_observed(id, hot, why)) {
    give_up(id, TierChange::versions, why);
  } else if (!native_.watch(id, {run_watched, this})) {
    give_up(id, TierChange::versions, native_.fault().what.text());
  } else {
    hot.state = Hot::watched;
  }
  for (uint32_t k = 0; k < hot.observed_count; ++k) {
    if ((hot.fleeting >> k & 1) != 0) hot.observed[k].most = 0;
  }
}

bool Adaptive::run_watched(void* context, FunctionId id, uint32_t* arguments, Outcome& outcome) {
  Adaptive& self = *static_cast<Adaptive*>(context);
  Hot& hot = *self.rows_[id].hot;
  uint32_t values[kMaxObserved];
  // What is being compiled needs the memory, and must not be tried on the way.
  if (self.first_wanted_ != kNone) return false;
  if (hot.state == Hot::settled || hot.state == Hot::made) return false;
  const uint64_t used = self.machine_.fuel_used();
  if (hot.state == Hot::watched && used < hot.next_look) return false;
  hot.random = hot.random * 1'664'525 + 1'013'904'223;
  const uint32_t share = self.options_.watch_share;
  hot.next_look = used + share / 2 + static_cast<uint32_t>(uint64_t{hot.random} * share >> 32);
  if (!self.observe(hot, arguments, values)) return false;
  outcome = hot.state == Hot::watched ? self.look_at(id, hot, arguments, values)
                                      : self.try_call(id, hot, arguments, values);
  return true;
}

/// What can be seen when it is called: arguments that are words, and what they point to that it
/// loads at once.
bool Adaptive::find_observed(FunctionId id, Hot& hot, Text& why) const {
  const Module& module = *machine_.state().module;
  Arena& scratch = *machine_.resources().scratch;
  const Arena::Mark mark = scratch.mark();
  const bool exhausted = scratch.exhausted();
  Body body;
  bool good = is_alone(machine_, id, why) && !machine_.read(id, scratch, body);
  uint32_t slots[kMaxObserved] = {}, slot = 0;
  const auto add = [&](const Observed& observed) {
    if (hot.observed_count < kMaxObserved) hot.observed[hot.observed_count++] = observed;
  };
  const auto observed_of = [&](TypeId type) {
    Observed observed;
    observed.pointer = module.types[type].kind == TypeKind::pointer;
    observed.most = observed.pointer ? 1 : kMostValues;
    return observed;
  };
  for (uint32_t a = 0; good && a < body.arguments && a < kMaxObserved; ++a) {
    const TypeId type = body.values[a].type;
    slots[a] = slot;
    slot += slots_of(module, type);
    if (form_of(module.types[type]) != Form::word) continue;
    Observed observed = observed_of(type);
    observed.where.slot = slots[a];
    observed.argument = a;
    add(observed);
  }
  EntryLoad loads[kMaxObserved];
  const uint32_t count =
      good ? find_entry_loads(module, body, machine_.constants(body), loads, kMaxObserved) : 0;
  for (uint32_t k = 0; k < count; ++k) {
    if (loads[k].argument >= kMaxObserved) continue;
    Observed observed = observed_of(value_of(module, body, loads[k].result).type);
    observed.where = {slots[loads[k].argument], loads[k].bytes, loads[k].offset};
    observed.argument = loads[k].argument;
    observed.load = loads[k].result;
    add(observed);
  }
  scratch.release(mark);
  scratch.restore_exhausted(exhausted);
  if (good && hot.observed_count == 0) why = "there is nothing that could repeat";
  return good && hot.observed_count > 0;
}

/// false: a pointer to nowhere.
bool Adaptive::observe(const Hot& hot, const uint32_t* arguments, uint32_t* values) const {
  for (uint32_t k = 0; k < hot.observed_count; ++k) {
    const Native::Seen& where = hot.observed[k].where;
    values[k] = arguments[where.slot];
    if (where.bytes == 0) continue;
    const uint8_t* const bytes = machine_.state().at(values[k] + where.offset, where.bytes);
    if (bytes == nullptr) return false;
    values[k] = static_cast<uint32_t>(read_little(bytes, where.bytes));
  }
  return true;
}

Outcome Adaptive::look_at(FunctionId id, Hot& hot, uint32_t* arguments, const uint32_t* values) {
  Call& seen = hot.seen[hot.seen_count++];
  for (uint32_t k = 0; k < hot.observed_count; ++k) seen.values[k] = values[k];
  const uint64_t begin = now(), worked_before = ticks_, used = machine_.fuel_used();
  const Outcome outcome = native_.run_at(native_.placed(id).offset, id, arguments);
  seen.ticks = now() - begin - (ticks_ - worked_before);
  seen.instructions = machine_.fuel_used() - used;
  if (outcome == Outcome::returned && hot.seen_count == options_.watched) {
    hot.state = Hot::made;
    want(id, TierChange::version, nullptr);
  }
  return outcome;
}

void Adaptive::tell_missed() const {
  for (FunctionId id = 0; id < rows_.size; ++id) {
    const Hot* const hot = rows_[id].hot;
    const bool has_versions =
        hot != nullptr && hot->state == Hot::settled && hot->version_count > 0;
    if (has_versions && native_.missed(id) > 0) {
      give_up(id, TierChange::missed, kFitsNone, native_.missed(id));
    }
  }
}

void Adaptive::give_up(FunctionId id, TierChange::What what, Text why, uint32_t fallen_back) const {
  TierChange change = change_of(id, what, compiled_);
  change.why = why;
  change.fallen_back = fallen_back;
  tell(change);
}

}  // namespace jit
