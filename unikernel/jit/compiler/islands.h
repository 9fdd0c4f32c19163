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

  /// Those that are made from here on belong together, until the next start(): first() says which
  /// they are.
  void start() { first_ = last_ = kNone; }
  [[nodiscard]] uint32_t first() const { return first_; }
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
    bool movable = false;   // it is the same wherever it is
    uint32_t next = kNone;  // of those that belong together
    Span<Cell> room;        // that its cells have
  };
  [[nodiscard]] const Island& island(uint32_t number) const { return islands_[number]; }
  /// The next one is `number`, of the cells of a movable one that another run has made, as bytes;
  /// those in between are never called. false: there is one of that number, or the arena is full.
  bool restore(uint32_t number, Span<const uint8_t> cells);
  /// What belongs together from `first` on is called no more: numbers and cells are used again.
  void release(uint32_t first);
  /// Behind the highest number.
  [[nodiscard]] uint32_t end() const { return islands_.size(); }
  /// That were made and not released.
  [[nodiscard]] uint32_t count() const { return islands_.size() - unused_; }
  [[nodiscard]] uint32_t cells() const { return cells_; }
  [[nodiscard]] State& state() const { return state_; }

 private:
  /// One of `size` cells, the last of those since start(). nullptr: the arena is full.
  Island* add(uint32_t size, uint32_t& number);
  void append(uint32_t number);

  State& state_;
  const Cell* handlers_;
  Arena& code_;
  List<Island> islands_;
  uint32_t cells_ = 0, unused_ = 0;
  uint32_t first_ = kNone, last_ = kNone;  // since start()
  const Body* body_ = nullptr;
  Plan plan_;
};

}  // namespace jit
