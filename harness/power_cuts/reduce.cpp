#include "power_cuts/reduce.h"

#include <algorithm>
#include <vector>

namespace harness {
namespace {

/// The state without its last event; what was lost or torn of that is no loss any more.
DiskState shorter(const WriteHistory& history, DiskState state) {
  --state.cut;
  state.under_way = false;
  state.reached = SIZE_MAX;
  const std::size_t end = history.first_write(state.cut);
  std::erase_if(state.lost, [&](std::size_t write) { return write >= end; });
  if (state.torn && *state.torn >= end) state.torn.reset();
  // A flush gone means that more can be lost, never less; one that stays still holds.
  return state;
}

/// Plainer states, the plainest first.
std::vector<DiskState> plainer(const WriteHistory& history, const DiskState& state) {
  std::vector<DiskState> all;
  if (state.cut > 0) all.push_back(shorter(history, state));
  for (std::size_t i = 0; i < state.lost.size(); ++i) {
    DiskState less = state;
    less.lost.erase(less.lost.begin() + static_cast<std::ptrdiff_t>(i));
    all.push_back(std::move(less));
  }
  if (const std::size_t end = history.end_of(state); end < history.first_write(state.cut)) {
    for (const std::size_t reached : {SIZE_MAX, end + 1}) {
      DiskState more = state;
      more.reached = reached;
      all.push_back(std::move(more));
    }
  }
  if (state.torn) {
    DiskState whole = state;
    whole.torn.reset();
    all.push_back(std::move(whole));
  }
  return all;
}

}  // namespace

DiskState reduce(const WriteHistory& history, DiskState state, std::size_t most_tries,
                 const std::function<bool(const DiskState&)>& fails) {
  for (std::size_t tries = 0;;) {
    bool changed = false;
    for (DiskState& candidate : plainer(history, state)) {
      if (tries++ == most_tries) return state;
      if (!fails(candidate)) continue;
      state = std::move(candidate);
      changed = true;
      break;
    }
    if (!changed) return state;
  }
}

}  // namespace harness
