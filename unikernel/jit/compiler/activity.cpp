// Two runs of the program's code in turns.
#include "compiler/native.h"

namespace jit {
namespace {

template <class T>
void swap_with(T& a, T& b) {
  const T before = a;
  a = b;
  b = before;
}

}  // namespace

void Native::exchange(Activity& other) {
  State& state = machine_.mutable_state();
  Header& h = header();
  swap_with(state.fuel, other.fuel);
  swap_with(state.stack_pointer, other.stack_pointer);
  swap_with(state.stack_low, other.stack_low);
  swap_with(h.stack_limit, other.stack_limit);
  swap_with(state.slots, other.slots);
  swap_with(state.slots_end, other.slots_end);
  swap_with(state.share, other.share);
  swap_with(state.until_sample, other.until_sample);
  swap_with(state.sample, other.sample);
  swap_with(state.status, other.status);
  swap_with(sampler_, other.sampler);
  swap_with(watching_, other.watching);
  swap_with(paused_, other.paused);
  swap_with(reserve_, other.reserve);
  swap_with(share_left_, other.share_left);
  swap_with(h.fuel_low, other.fuel_low);
  swap_with(h.saved_stack, other.saved_stack);
  swap_with(h.frame, other.frame);
  swap_with(h.result, other.result);
  swap_with(depth_, other.depth);
  swap_with(free_slots_, other.free_slots);
  swap_with(inside_, other.inside);
  swap_with(outcome_, other.outcome);
}

}  // namespace jit
