// Where in the frame the variables are that have no register: two that do not live at once may have
// the same place.
#pragma once

#include "compiler/allocation.h"
#include "support/rows.h"

namespace jit {

class FrameSlots {
 public:
  /// `values`: of the body, by variable; `leader`: of its class. Both are looked at later.
  FrameSlots(const Module& module, const Body& body, const Span<uint32_t>& values,
             const Span<uint32_t>& leader, Arena& arena, Allocation& allocation)
      : module_(module),
        body_(body),
        values_(values),
        leader_(leader),
        arena_(arena),
        a_(allocation) {}

  /// Behind registers: of those that get slots, which must not have the same. `conflicts(v, f)`
  /// calls f(leader) for each that conflicts with `v`. false: the arena is full.
  template <class Conflicts>
  bool find_neighbours(const Conflicts& conflicts) {
    if (!number()) return false;
    for (uint32_t k = 0; k < in_frame_.size; ++k) {
      uint32_t count = 0;
      conflicts(in_frame_[k], [&](uint32_t u) {
        ++count;
        const uint32_t other = number_in_frame_[u];
        if (other == kNone || other == k) return;
        neighbours_.add(k, other);
        neighbours_.add(other, k);
      });
      arena_.step(3 + count / 8);
    }
    return true;
  }

  /// Gives slots to them, and to arguments those where the caller put them. Unless their neighbours
  /// are known, each gets one of its own.
  void place(bool neighbours_are_known);

 private:
  bool number();
  [[nodiscard]] TypeId type_of(uint32_t v) const { return body_.values[values_[v]].type; }
  [[nodiscard]] bool is_in_frame(uint32_t v) const {
    return v >= body_.arguments && leader_[v] == v && !a_.variables[v].in_register();
  }

  const Module& module_;
  const Body& body_;
  const Span<uint32_t>& values_;
  const Span<uint32_t>& leader_;
  Arena& arena_;
  Allocation& a_;
  /// Where one is; nowhere, where it has none yet.
  struct Placed {
    uint32_t begin = 0, end = 0;
  };
  Span<Placed> placed_;             // of those that get slots, by their number
  Span<uint32_t> in_frame_;         // variables that get slots
  Span<uint32_t> number_in_frame_;  // by variable; kNone: it gets none
  Rows neighbours_;                 // of those
};

}  // namespace jit
