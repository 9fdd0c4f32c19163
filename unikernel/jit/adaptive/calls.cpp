#include "adaptive/calls.h"

namespace jit {
namespace {

constexpr uint32_t kLeastShare = 20;

bool repeats(Span<const Call> calls, uint32_t which, uint32_t most) {
  uint32_t distinct = 0;
  for (uint32_t i = 0; i < calls.size; ++i) {
    bool known = false;
    for (uint32_t j = 0; j < i && !known; ++j) {
      known = calls[i].values[which] == calls[j].values[which];
    }
    distinct += known ? 0 : 1;
  }
  return distinct <= most && distinct < calls.size;
}

}  // namespace

uint32_t choose_versions(Span<const Call> calls, Span<const Observed> observed, Known* versions) {
  Known chosen;
  for (uint32_t k = 0; k < observed.size; ++k) {
    if (chosen.count < Known::kMost && repeats(calls, k, observed[k].most)) {
      chosen.which[chosen.count++] = k;
    }
  }
  if (chosen.count == 0) return 0;
  uint32_t count = 0;
  uint64_t all = 0;
  for (uint32_t i = 0; i < calls.size; ++i) {
    all += calls[i].ticks;
    Known found = chosen;
    for (uint32_t k = 0; k < found.count; ++k) found.values[k] = calls[i].values[found.which[k]];
    bool is_first = true;
    for (uint32_t j = 0; j < i && is_first; ++j) is_first = !found.fit(calls[j].values);
    if (!is_first) continue;
    for (const Call& call : calls) found.ticks += found.fit(call.values) ? call.ticks : 0;
    // Into its place among the best.
    uint32_t at = count < kMaxVersions ? count++ : kMaxVersions;
    for (; at > 0 && versions[at - 1].ticks < found.ticks; --at) {
      if (at < kMaxVersions) versions[at] = versions[at - 1];
    }
    if (at < kMaxVersions) versions[at] = found;
  }
  while (count > 0 && versions[count - 1].ticks * kLeastShare < all) --count;
  return count;
}

}  // namespace jit
