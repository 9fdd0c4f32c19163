// Guarded runs: each kind of exception, and what of the caller must be as before.
#include <kernel/console.h>
#include <kernel/cpu.h>

#include "tests.h"

extern "C" {
// faults.asm
extern const char faults_begin[], faults_end[];
bool keeps_registers(void (*function)());
#define FAULT(name) \
  void name(void*); \
  extern const char name##_eip[];
FAULT(divide_error)
FAULT(debug_step)
FAULT(breakpoint)
FAULT(overflow)
FAULT(bound_range)
FAULT(invalid_opcode)
FAULT(no_fpu)
FAULT(segment_not_present)
FAULT(stack_segment)
FAULT(general_protection)
FAULT(null_read)
FAULT(null_write)
FAULT(fpu_error)
FAULT(simd_error)
FAULT(simd_vector)
FAULT(wild_stack)
FAULT(wreck)
void wreck_and_return(void*);
}

namespace recovery {
namespace {

using kernel::run_guarded;
using kernel::Trap;

constexpr uint32_t kAbsentSelector = 40;  // as in faults.asm
constexpr uint32_t kBeyondSelector = 0x7F8;

kernel::CodeRange faults() { return {address_of(faults_begin), address_of(faults_end)}; }

bool is(const Trap& trap, uint32_t vector, const char* eip, uint32_t error, uint32_t address) {
  return trap.vector == vector && trap.eip == address_of(eip) && trap.error == error &&
         trap.address == address;
}

/// On a stack of its own, so that its esp is known: the return address is what lies on it.
template <void (*code)(void*), const char* eip, uint32_t vector, uint32_t error = 0,
          uint32_t address = 0>
Outcome raises(Machine&) {
  Trap trap = {};
  const bool returned = run_guarded(code, nullptr, stack_top(), trap, faults());
  const bool right = !returned && is(trap, vector, eip, error, address) &&
                     trap.esp == stack_top() - 5 * sizeof(uint32_t);
  return passed_if(right, 1, trap.vector);
}

Outcome simd_raises(Machine& machine) {
  if (!x86::enable_sse2()) {
    machine.system.console.text("simd_error: no SSE2\n");
    return {wire::Status::skip, 1, 0};
  }
  Trap trap = {};
  if (run_guarded(&simd_error, nullptr, 0, trap, faults())) {
    machine.system.console.text("simd_error: this processor raises none (QEMU's TCG does not)\n");
    return {wire::Status::skip, 1, 0};
  }
  return passed_if(is(trap, 19, simd_error_eip, 0, 0), 1, trap.vector);
}

struct Seen {
  uint32_t calls = 0;
  uint32_t frame = 0;
};

void look_around(void* context) {
  Seen& seen = *static_cast<Seen*>(context);
  ++seen.calls;
  seen.frame = address_of(__builtin_frame_address(0));
}

/// On the present stack, and on a given one, aligned as C expects: with the return address and ebp
/// above it a frame lies 8 past a multiple of 16.
Outcome returns(Machine&) {
  Seen own, given;
  Trap trap = {};
  const bool both = run_guarded(&look_around, &own, 0, trap) &&
                    run_guarded(&look_around, &given, stack_top() - 4, trap);
  const uint32_t here = address_of(__builtin_frame_address(0));
  const bool right = both && own.calls == 1 && given.calls == 1 && trap.vector == 0 &&
                     own.frame < here && here - own.frame < 512 && own.frame % 16 == 8 &&
                     given.frame == stack_top() - 40;
  return passed_if(right, 2, own.calls + given.calls);
}

void leave_deep(void* context) {
  uint32_t& left = *static_cast<uint32_t*>(context);
  if (--left != 0) leave_deep(context);
  if (left == 0) kernel::leave_guarded();
  left = 1000;  // nothing comes back
}

Outcome leaves(Machine&) {
  uint32_t left = 10;
  Trap trap = {};
  const bool returned = run_guarded(&leave_deep, &left, 0, trap);
  return passed_if(returned && left == 0 && trap.vector == 0, 1, left);
}

bool was_wrecked = false;
void run_wreck() {
  Trap trap = {};
  was_wrecked = !run_guarded(&wreck, nullptr, 0, trap, faults()) && trap.vector == 6;
}
void run_wreck_and_return() {
  Trap trap = {};
  was_wrecked = run_guarded(&wreck_and_return, nullptr, 0, trap, faults());
}

constexpr uint32_t kToZero = 0x9F80;    // MXCSR: what is too small is 0
constexpr uint16_t kToDouble = 0x027F;  // the x87's control word: precision of a double

bool state_is_kept() {
  uint32_t flags, mxcsr, ds, es, fs, gs;
  uint16_t control, status;
  asm volatile("pushfl; popl %0" : "=r"(flags));
  asm volatile("mov %%ds, %0; mov %%es, %1" : "=r"(ds), "=r"(es));
  asm volatile("mov %%fs, %0; mov %%gs, %1" : "=r"(fs), "=r"(gs));
  asm volatile("stmxcsr %0; fnstcw %1; fnstsw %2" : "=m"(mxcsr), "=m"(control), "=m"(status));
  constexpr uint32_t kDirection = 1 << 10;
  return !(flags & kDirection) && mxcsr == kToZero && control == kToDouble && status == 0 &&
         ds == 16 && es == 16 && fs == 16 && gs == 16;
}

Outcome keeps_state(Machine&) {
  if (!x86::enable_sse2()) return {wire::Status::skip, 2, 0};
  asm volatile("fninit; fldcw %0; ldmxcsr %1" : : "m"(kToDouble), "m"(kToZero));
  uint32_t kept = 0;
  void (*const runs[])() = {&run_wreck, &run_wreck_and_return};
  for (auto* const run : runs) {
    kept += keeps_registers(run) && was_wrecked && state_is_kept();
  }
  asm volatile("fninit");
  x86::enable_sse2();
  return passed_if(kept == 2, 2, kept);
}

/// The frame that the processor pushes takes the last bytes above the guard page.
Outcome last_bytes(Machine&) {
  const uint32_t end = address_of(&guarded_stack) + kPage;
  Trap trap = {};
  const bool returned = run_guarded(&invalid_opcode, nullptr, end + 32, trap, faults());
  return passed_if(!returned && trap.vector == 6 && trap.esp == end + 12, 1, trap.vector);
}

Outcome stack_overflow(Machine&) {
  uint32_t depth = 0;
  Trap trap = {};
  const bool returned = run_guarded(&recurse, &depth, stack_top(), trap);
  const uint32_t guard = address_of(&guarded_stack), end = guard + kPage;
  const bool right = !returned && trap.vector == 8 && trap.address >= guard && trap.address < end &&
                     trap.esp >= guard && trap.esp <= end && depth > 100;
  return passed_if(right, 1, trap.vector);
}

Outcome wild_esp(Machine&) {
  Trap trap = {};
  const bool returned = run_guarded(&wild_stack, nullptr, 0, trap, faults());
  // The last page fault was at what the processor pushed below, or at the first push itself.
  const bool right = !returned && trap.vector == 8 && trap.eip == address_of(wild_stack_eip) &&
                     trap.esp == 0xA0001000 && trap.address < 0xA0001000 &&
                     trap.address >= 0xA0000FE0;
  return passed_if(right, 1, trap.vector);
}

/// A run inside a run: each takes its own exceptions.
Outcome nested(Machine&) {
  struct Inside {
    Trap trap = {};
    bool returned = true, good = false;
  } inside;
  const auto outer = [](void* context) {
    Inside& in = *static_cast<Inside*>(context);
    in.returned = run_guarded(&null_read, nullptr, 0, in.trap, faults());
    Trap none = {};
    uint32_t left = 3;
    in.good = run_guarded(&leave_deep, &left, 0, none);
    invalid_opcode(nullptr);
  };
  Trap trap = {};
  const bool returned = run_guarded(outer, &inside, 0, trap);
  return passed_if(
      !returned && trap.vector == 6 && !inside.returned && inside.trap.vector == 14 && inside.good,
      3, trap.vector);
}

/// Hundreds in one boot: what one leaves behind would add up.
Outcome many(Machine&) {
  constexpr uint32_t kRounds = 200, kRuns = 4 * kRounds;
  uint32_t caught = 0, depth = 0;
  Trap trap = {};
  for (uint32_t i = 0; i < kRounds; ++i) {
    caught += !run_guarded(&invalid_opcode, nullptr, 0, trap, faults()) && trap.vector == 6;
    caught += !run_guarded(&null_read, nullptr, 0, trap, faults()) && trap.vector == 14;
    caught += !run_guarded(&recurse, &depth, stack_top(), trap) && trap.vector == 8;
    caught += !run_guarded(&wild_stack, nullptr, 0, trap, faults()) && trap.vector == 8;
  }
  return passed_if(caught == kRuns, kRuns, caught);
}

}  // namespace

#define RAISES(name, ...) #name, &raises<&name, name##_eip, __VA_ARGS__>

const Test kRunTests[] = {
    {"returns", &returns},
    {"leaves", &leaves},
    {RAISES(divide_error, 0)},
    {RAISES(debug_step, 1)},
    {RAISES(breakpoint, 3)},
    {RAISES(overflow, 4)},
    {RAISES(bound_range, 5)},
    {RAISES(invalid_opcode, 6)},
    {RAISES(no_fpu, 7)},
    {RAISES(segment_not_present, 11, kAbsentSelector)},
    {RAISES(stack_segment, 12, kAbsentSelector)},
    {RAISES(general_protection, 13, kBeyondSelector)},
    {RAISES(null_read, 14, 0, 16)},
    {RAISES(null_write, 14, kernel::page_fault::kWrite, 20)},
    {RAISES(fpu_error, 16)},
    {"simd_error", &simd_raises},
    {RAISES(simd_vector, 19)},
    {"keeps_state", &keeps_state},
    {"last_bytes", &last_bytes},
    {"stack_overflow", &stack_overflow},
    {"wild_esp", &wild_esp},
    {"nested", &nested},
    {"many", &many},
    {},
};

}  // namespace recovery
