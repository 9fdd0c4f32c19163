// Versions are tried on calls that come, and published.
#include "adaptive/adaptive.h"

namespace jit {
namespace {

/// Calls in which each version has to come once.
constexpr uint32_t kMostTries = 1000;

struct Took {
  uint64_t ticks, instructions;
};

/// The version takes more than so many hundredths of what T1 took, for each instruction: calls with
/// the same arguments need not do as much.
bool is_slower(const SelfTest& test, const Took& before, uint32_t hundredths) {
  const auto of_each = [](uint64_t ticks, uint64_t instructions) {
    return ticks * 1000 / (instructions > 0 ? instructions : 1);
  };
  return of_each(test.ticks, test.instructions) * 100 >
         of_each(before.ticks, before.instructions) * hundredths;
}

/// Why a version that was tried is not published.
Text reason(SelfTest::Result result) {
  switch (result) {
    case SelfTest::differs:
      return "it does something else than t0";
    case SelfTest::ended:
      return "the program ended";
    case SelfTest::no_memory:
      return "no memory to keep what a call changes";
    case SelfTest::same:
      break;
  }
  return "it gains too little";
}

}  // namespace

/// What T1 took for the call most like the one on which a version was tried: of those that were
/// watched, and for which the version is.
void Adaptive::note_like(const Hot& hot, TierChange& change) const {
  uint64_t nearest = ~uint64_t{0};
  for (uint32_t k = 0; k < hot.seen_count; ++k) {
    const Call& seen = hot.seen[k];
    const uint64_t tried = change.test.instructions;
    const uint64_t apart =
        seen.instructions < tried ? tried - seen.instructions : seen.instructions - tried;
    if (!change.known.fit(seen.values) || seen.instructions == 0 || apart > nearest) continue;
    if (apart == nearest && seen.ticks >= change.before) continue;
    nearest = apart;
    change.before = seen.ticks;
    change.like = seen.instructions;
  }
}

Outcome Adaptive::try_call(FunctionId id, Hot& hot, uint32_t* arguments, const uint32_t* values) {
  ++hot.calls;
  Version* fitting = nullptr;
  for (uint32_t k = hot.version_count; k-- > 0;) {
    if (hot.versions[k].change.known.fit(values)) fitting = &hot.versions[k];
  }
  const bool is_new = fitting != nullptr && fitting->state == Version::untried;
  const Outcome outcome = is_new ? try_version(id, hot, *fitting, arguments)
                                 : native_.run_at(native_.placed(id).offset, id, arguments);
  settle_when_tried(id, hot);
  return outcome;
}

/// In slices, where that can be: what comes of it is known later.
Outcome Adaptive::try_version(FunctionId id, Hot& hot, Version& version, uint32_t* arguments) {
  const uint64_t begin = now();
  tried_ = &version;
  const bool is_cut = !hot.whole && trial_.begin(version.offset, id, arguments);
  const SelfTest test = is_cut ? trial_.test()
                               : test_version(machine_, native_, version.offset, id, arguments,
                                              *machine_.resources().scratch, protection_, clock_);
  trial_ticks_ = now() - begin;
  ticks_ += trial_ticks_;
  if (longest_trial_ < trial_ticks_) longest_trial_ = trial_ticks_;
  if (longest_still_ < test.still) longest_still_ = test.still;
  if (trial_.is_under_way()) {
    want(id, TierChange::trial, nullptr);
  } else {
    judge(hot, version, test);
  }
  return test.outcome;
}

/// Behind the version's call: where it did not come to its end for lack of memory, one that comes
/// later is tried at once, with all memory copied.
void Adaptive::finish_trial(FunctionId id, Hot& hot) {
  Version& version = *tried_;
  tried_ = nullptr;
  if (trial_.is_lost()) {
    hot.whole = true;
  } else {
    judge(hot, version, trial_.test());
  }
  settle_when_tried(id, hot);
}

void Adaptive::judge(const Hot& hot, Version& version, const SelfTest& test) {
  TierChange& change = version.change;
  if (hot.restored) change.at = machine_.fuel_used();
  change.test = test;
  version.state = Version::bad;
  if (!hot.restored) note_like(hot, change);
  const bool slower = clock_ != nullptr && change.before > 0 &&
                      is_slower(test, {change.before, change.like}, options_.version_ticks);
  if (test.result == SelfTest::same && !slower) {
    version.state = Version::good;
  } else {
    change.bytes = 0;
    change.why = reason(test.result);
  }
  tell(change);
}

void Adaptive::settle_when_tried(FunctionId id, Hot& hot) {
  if (trial_.is_under_way()) return;
  bool all = true;
  for (uint32_t k = 0; k < hot.version_count; ++k) {
    all &= hot.versions[k].state != Version::untried;
  }
  if (all || hot.calls >= kMostTries) settle(id, hot);
}

/// From here on no call is looked at.
void Adaptive::settle(FunctionId id, Hot& hot) {
  Native::Version versions[kMaxVersions];
  Native::Guard guards[kMaxVersions][Known::kMost];
  uint32_t count = 0, untried = 0, passing = 0;
  for (uint32_t k = 0; k < hot.version_count; ++k) {
    const Version v = hot.versions[k];
    if (v.state == Version::good) {
      hot.versions[count] = v;
      const Known& known = v.change.known;
      for (uint32_t g = 0; g < known.count; ++g) {
        guards[count][g] = {hot.observed[known.which[g]].where, known.values[g]};
      }
      versions[count] = {{guards[count], known.count}, v.offset};
      ++count;
      continue;
    }
    native_.release(v.offset);
    if (v.state == Version::untried) {
      ++untried;
      const Known& known = v.change.known;
      for (uint32_t g = 0; g < known.count; ++g) passing |= 1U << known.which[g];
      TierChange change = v.change;
      change.bytes = 0;
      change.why = "no call came to try it on";
      tell(change);
    }
  }
  // Not cut: who looked at the function now would find it settled, with what it missed before.
  Arena& scratch = *machine_.resources().scratch;
  Pace* const pace = scratch.pace();
  scratch.use(nullptr);
  hot.state = Hot::settled;
  hot.version_count = count;
  hot.general_samples = hot.version_samples = 0;
  if (count == 0 || !native_.publish(id, {versions, count})) {
    for (uint32_t k = 0; k < count; ++k) native_.release(versions[k].offset);
    hot.version_count = 0;
    native_.publish(id);
    // What repeated has changed while the versions were made, and would again.
    hot.fleeting |= passing;
    if (untried > 0) rest(id, hot);
  }
  scratch.use(pace);
}

}  // namespace jit
