// Who called whom, while the guest runs: a stack of open calls, and the tree of contexts with the
// instructions of each. Knows neither QEMU nor x86; the plugin tells it what happens.
//
// The instructions themselves are counted elsewhere, by function and in total. At each event the
// tree takes what came since the last one, and books it to the context that was active; what other
// functions got meanwhile (a jump into their middle, firmware) goes beside it, under the same
// caller. So the tree agrees with the functions' counters to the instruction, whatever happens.
// What comes after the last event is booked by the harness, to the active context of the header.
//
// Entering a function at its first instruction is understood by what came before:
//   a call     a frame of its own, which ends when a return reads the slot that the call wrote
//   a jump     a tail call: the frame is the new function's from now on
//   neither    a trap or an interrupt: a frame that ends with the trap's return, or when what it
//              interrupted runs again without one
#pragma once

#include <cstddef>
#include <cstdint>

#include "profile/plugin/memory.h"

namespace harness::plugin {

class CallTree {
 public:
  /// `memory`: prepared, no node made yet. `taken`: one zero for each function. Both must outlive
  /// this.
  CallTree(std::byte* memory, std::uint64_t* taken);

  /// A call has written its return address to `slot`. `function`: what is called, or kNoFunction.
  void called(std::uint64_t slot, std::uint32_t function);
  /// The same of a call into the middle of the function that makes it: no function is called.
  void called_within(std::uint64_t slot);
  /// A return has read its address from `slot`.
  void returned(std::uint64_t slot);
  /// A jump to the first instruction of `function` may follow; kNoFunction: of any. `ahead`
  /// instructions are yet to be counted before it would begin.
  void may_jump(std::uint32_t function, std::uint32_t ahead = 0);
  /// A jump to the first instruction of its own function may follow.
  void may_loop(std::uint32_t ahead) { may_loop_total_ = header_->total + ahead; }
  /// `function` begins, and its first block is yet to be counted.
  void entered(std::uint32_t function);
  /// A trap's return follows, in `function`; `ahead` instructions of the block that it is in are
  /// yet to be counted.
  void trap_returns(std::uint32_t function, std::uint32_t ahead);
  /// Control is on its way into code that is not known yet: by a call, or by a jump that may leave
  /// its function.
  [[nodiscard]] bool expects_entry() const { return !frames_[top_].entered || jumps_now(); }

 private:
  enum class Kind : std::uint8_t { bottom, call, trap };
  struct Frame {
    std::uint64_t slot;
    std::uint32_t parent;  // node of the caller
    std::uint32_t node;    // kNoNode: what runs is not known yet
    Kind kind;
    bool entered;  // its function has begun
  };

  [[nodiscard]] Frame& top() { return frames_[top_]; }
  [[nodiscard]] bool runs(const Frame& frame, std::uint32_t function) const;
  /// What may_jump() told of is the last that was executed.
  [[nodiscard]] bool jumps_now() const { return may_jump_ && header_->total == may_jump_total_; }
  void take();
  std::uint64_t take_function(std::uint32_t function);
  void take_others(std::uint64_t left);
  bool escapes_to(std::uint32_t function);
  [[nodiscard]] bool only_ran(std::uint32_t function) const {
    return header_->total - taken_total_ == counters_[function] - taken_[function];
  }
  void publish();
  void give_up_below(std::uint64_t slot);
  void push(std::uint64_t slot, std::uint32_t function, Kind kind);
  void become(std::uint32_t function);
  std::uint32_t child(std::uint32_t parent, std::uint32_t function);
  std::uint32_t new_child(std::uint32_t parent, std::uint32_t function);

  Header* header_;
  const std::uint64_t* counters_;
  Node* nodes_;
  std::uint64_t* taken_;  // of each function's counter
  std::uint64_t taken_total_ = 0;
  std::uint32_t ran_beside_ = kNoFunction;  // the last that take_others() found
  std::uint32_t may_jump_to_ = kNoFunction;
  std::uint64_t may_jump_total_ = 0, may_loop_total_ = 0;
  bool may_jump_ = false;
  std::uint64_t unframed_ = 0;  // open calls that found no frame
  std::size_t top_ = 0;
  Frame frames_[kFrames];
};

}  // namespace harness::plugin
