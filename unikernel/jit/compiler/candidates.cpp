#include "compiler/candidates.h"

namespace jit {

/// Short runs by insertion, then two merged to one, back and forth between the two arrays.
Candidate* sort_candidates(Candidate* data, Candidate* room, uint32_t count, const Arena& arena) {
  constexpr uint32_t kRun = 8;  // sorted by insertion, before runs are merged
  for (uint32_t at = 0; at < count; at += kRun) {
    arena.step(3);
    const uint32_t end = at + kRun < count ? at + kRun : count;
    for (uint32_t k = at + 1; k < end; ++k) {
      const Candidate moved = data[k];
      uint32_t to = k;
      for (; to > at && data[to - 1].priority < moved.priority; --to) data[to] = data[to - 1];
      data[to] = moved;
    }
  }
  for (uint32_t width = kRun; width < count; width *= 2) {
    for (uint32_t at = 0; at < count; at += 2 * width) {
      const uint32_t middle = at + width < count ? at + width : count;
      const uint32_t end = at + 2 * width < count ? at + 2 * width : count;
      const Candidate *i = data + at, *j = data + middle;
      const Candidate *const i_end = j, *const j_end = data + end;
      Candidate* to = room + at;
      arena.step(width / 4);
      while (i != i_end && j != j_end) {
        if (i->priority >= j->priority) {
          *to++ = *i++;
        } else {
          *to++ = *j++;
        }
      }
      while (i != i_end) *to++ = *i++;
      while (j != j_end) *to++ = *j++;
    }
    Candidate* const sorted = room;
    room = data;
    data = sorted;
  }
  return data;
}

}  // namespace jit
