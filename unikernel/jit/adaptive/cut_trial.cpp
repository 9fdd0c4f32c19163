#include "adaptive/cut_trial.h"

#include "compiler/may_fail.h"

namespace jit {
namespace {

/// Of the pool, a part of the memory that one function at a time may have.
constexpr uint32_t kPoolPart = 16, kMostPoolBytes = 2 * 1024 * 1024;
constexpr uint32_t kVersionSlots = kReservedSlots + 8 * 1024;
constexpr uint32_t kNeutralBytes = 8 * 1024;
/// Of the IR, interpreted, from one look at the clock to the next.
constexpr uint32_t kInterpretedShare = 1025;
/// What a look takes of the version beside pause() itself: the way there, with all registers kept,
/// and back. By the difference that `hotpaths` of bitcode-hot-paths shows without it.
constexpr uint64_t kTicksOfLook = 158;
/// Steps from one look of a Pace at the clock to the next, or more.
constexpr uint32_t kStepsOfLook = 64;

}  // namespace

bool CutTrial::prepare(Arena& arena, const Sampler& sampler) {
  if (protection_ == nullptr || protection_->views == nullptr) return false;
  const bool exhausted = arena.exhausted();
  const Arena::Mark mark = arena.mark();
  const size_t part = arena.left() / kPoolPart;
  const uint32_t bytes = part < kMostPoolBytes ? static_cast<uint32_t>(part) : kMostPoolBytes;
  slots_ = {arena.make<uint32_t>(kVersionSlots), kVersionSlots};
  stack_ = {arena.make<char>(kNeutralBytes), kNeutralBytes};
  const Span<uint8_t> pool = {arena.make<uint8_t>(bytes), bytes};
  sampler_ = sampler;
  if (slots_.data != nullptr && stack_.data != nullptr && pool.data != nullptr &&
      memory_.use(*protection_->views, pool, clock_)) {
    return true;
  }
  arena.release(mark);
  arena.restore_exhausted(exhausted);
  return false;
}

bool CutTrial::begin(uint32_t offset, FunctionId id, uint32_t* arguments) {
  State& state = machine_.mutable_state();
  const uint64_t begin = now();
  if (!has_room_for_trial(machine_, native_, id) || !memory_.begin(state)) return false;
  const uint32_t count = native_.argument_slots(id), results = native_.result_slots(id);
  offset_ = offset;
  id_ = id;
  test_ = {};
  lost_ = same_ = false;
  beside_ = 0;
  for (uint32_t k = 0; k < count; ++k) first_[k] = again_[k] = arguments[k];
  const FirstRun run = run_first(machine_, native_, id, first_, clock_, begin, test_);
  if (test_.outcome != Outcome::returned) {
    memory_.end();
    return true;
  }
  memory_.end_first();
  // Where the result goes is among what is compared.
  for (uint32_t k = 0; k < results; ++k) arguments[k] = first_[k];
  fuel_left_ = spare_fuel(run.left);
  other_ = {};
  other_.fuel = run.used + fuel_left_;
  other_.stack_pointer = run.stack;
  other_.stack_low = memory_.stack_low();
  other_.stack_limit = memory_.stack_low() + Native::kStackReserve;
  other_.slots = other_.free_slots = slots_.data;
  other_.slots_end = slots_.end() - kReservedSlots;
  other_.share = other_.until_sample = kInterpretedShare;
  other_.sample = sampler_.interpreted;
  other_.sampler = sampler_.compiled;
  other_.share_left = sampler_.compiled.share;
  other_.watching = true;
  native_.hold(true);
  phase_ = begun;
  const uint64_t behind = now() - run.ended;
  if (test_.still < behind) test_.still = behind;
  return true;
}

void CutTrial::enter() {
  native_.exchange(other_);
  memory_.see_second(true);
  inside_ = true;
}

void CutTrial::leave() {
  inside_ = false;
  memory_.see_second(false);
  native_.exchange(other_);
}

/// On a stack that is in both memories: those of the program and of the version are in one each.
void CutTrial::go_on(Slices& slices, uint64_t ticks) {
  slices_ = &slices;
  ticks_ = ticks;
  run_on_stack(stack_, slice, this);
}

void CutTrial::slice(void* self) {
  CutTrial& trial = *static_cast<CutTrial*>(self);
  if (trial.running_) trial.enter();
  const auto go = [](void* context) {
    const CutTrial& t = *static_cast<const CutTrial*>(context);
    t.slices_->go_on(t.ticks_, t.clock_);
  };
  Outcome outcome = Outcome::returned;
  if (!trial.protection_->run(trial.protection_->context, go, self, outcome)) {
    trial.slices_->stop();
    trial.same_ = false;
    trial.lost_ |= outcome == Outcome::stack_overflow;
    trial.phase_ = ran;
  }
  if (!trial.running_) return;
  trial.leave();
  trial.running_ = trial.phase_ == begun;
  if (!trial.running_) trial.machine_.mutable_state().fault = {};
}

void CutTrial::run_version() {
  running_ = true;
  const MayFail trying(machine_);  // what it calls may be new to the interpreter
  enter();
  begun_ = now();
  const uint64_t kept = memory_.keeping();
  const Outcome outcome = native_.run_at(offset_, id_, again_);
  test_.ticks = now() - begun_ - beside_ - (memory_.keeping() - kept);
  same_ = outcome == Outcome::returned && machine_.state().fuel == fuel_left_;
  lost_ |= outcome == Outcome::stack_overflow || outcome == Outcome::out_of_memory;
  leave();
  machine_.mutable_state().fault = {};
  running_ = false;
  phase_ = ran;
}

void CutTrial::work(Pace& pace) {
  pace_ = &pace;
  if (phase_ == begun && !memory_.is_lost()) run_version();
  for (uint32_t k = 0; k < native_.result_slots(id_); ++k) same_ &= again_[k] == first_[k];
  same_ = same_ && memory_.is_same(pace);
  lost_ |= memory_.is_lost();
  test_.result = lost_ ? SelfTest::no_memory : same_ ? SelfTest::same : SelfTest::differs;
  end();
}

void CutTrial::pause() {
  const uint64_t begin = now();
  pace_->step(kStepsOfLook);
  // What the program has written meanwhile may have taken the last page.
  if (memory_.is_lost()) native_.end(Outcome::out_of_memory);
  beside_ += now() - begin + kTicksOfLook;
}

void CutTrial::end() {
  memory_.end();  // also where an exception has left begin(), so that no trial is under way
  if (phase_ == idle) return;
  native_.hold(false);
  phase_ = idle;
}

}  // namespace jit
