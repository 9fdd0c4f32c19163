// Calls of one function, and what of them is worth a version of its own: what is the same again and
// again.
#pragma once

#include "compiler/native.h"
#include "ir/ir.h"

namespace jit {

/// What is looked at when a function is called.
struct Observed {
  Native::Seen where;
  uint32_t most = 0;     // of so many values at most
  bool pointer = false;  // it must point to what never changes
  uint32_t argument = 0;
  ValueId load = kNone;  // of the body; kNone: it is the argument itself
};
constexpr uint32_t kMaxObserved = 12;

/// One call that was watched.
struct Call {
  uint32_t values[kMaxObserved];
  uint64_t ticks;             // that it took
  uint64_t instructions = 0;  // of the IR, that it ran
};

/// What of a function's calls is known, of those that a version is for.
struct Known {
  static constexpr uint32_t kMost = 6;
  uint32_t count = 0;
  uint32_t which[kMost] = {};  // of what is observed
  uint32_t values[kMost] = {};
  uint64_t ticks = 0;  // of the calls that have these
  [[nodiscard]] bool fit(const uint32_t* observed) const {
    for (uint32_t k = 0; k < count; ++k) {
      if (observed[which[k]] != values[k]) return false;
    }
    return true;
  }
};

constexpr uint32_t kMaxVersions = 6;

/// Fills `versions`, by what their calls took, most first: how many there are. What has more values
/// than it may have is left out; versions of less than a twentieth of all ticks, too.
uint32_t choose_versions(Span<const Call> calls, Span<const Observed> observed, Known* versions);

}  // namespace jit
