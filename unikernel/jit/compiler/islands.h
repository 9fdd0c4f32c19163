// Instructions that are interpreted in the middle of compiled code: those too rare to have machine
// code of their own. Each is a few cells of the interpreter's code, which finds its operands in the
// frame of the compiled function and leaves its result there.
#pragma once

#include "interpreter/constants.h"
#include "interpreter/plan.h"
#include "interpreter/state.h"

namespace jit {

class Islands {
 public:
  /// `code` keeps the cells; `state` and `code` outlive this.
  Islands(State& state, const Cell* handlers, Arena& code)
      : state_(state), handlers_(handlers), code_(code), islands_(code) {}

  /// Of the next function. false: the arena is full.
  bool begin(const Body& body, Arena& scratch);
  /// Where `value` of the body is while the next island runs, as a byte offset.
  void set_slot(uint32_t value, uint32_t slot) { plan_.slots[value] = slot; }
  /// Lowers `instruction`, whose operands and result have their slots below `slot_bytes`. Its
  /// number goes to `number`, the bytes that its frame needs to `frame_bytes`. false: state.fault
  /// says why.
  bool make(const Constants& constants, const Instruction& instruction, uint32_t slot_bytes,
            Arena& scratch, uint32_t& number, uint32_t& frame_bytes);

  [[nodiscard]] const Cell* code(uint32_t number) const { return islands_[number].code.data; }
  struct Island {
    Span<const Cell> code;
    bool movable = false;  // it is the same wherever it is
  };
  [[nodiscard]] Span<const Island> all() const { return islands_.view(); }
  /// The next one is `number`, of the cells of a movable one that another run has made, as bytes;
  /// those in between are never called. false: there is one of that number, or the arena is full.
  bool restore(uint32_t number, Span<const uint8_t> cells);
  [[nodiscard]] uint32_t count() const { return islands_.size(); }
  [[nodiscard]] uint32_t cells() const { return cells_; }
  [[nodiscard]] State& state() const { return state_; }

 private:
  State& state_;
  const Cell* handlers_;
  Arena& code_;
  List<Island> islands_;
  uint32_t cells_ = 0;
  const Body* body_ = nullptr;
  Plan plan_;
};

}  // namespace jit
