// The guest that shows that a function can be replaced while it is called: EFLAGS.TF is set across
// the whole swap, so that the processor raises a debug exception behind every instruction (Intel
// SDM volume 3, 18.3.1.4), and its handler calls the function. At each boundary of two instructions
// the answer must be right.
//
// A timer would prove little: it comes at few places, under an emulator only between translated
// blocks.
//
//   [TEST] hot_swap.every_boundary   iterations=<boundaries> result=<wrong answers>
//   [TEST] hot_swap.patch_is_torn    the negative control: code that is overwritten where it is
//   gives
//                                    wrong answers, or exceptions, in between
//   [METRIC] hot_swap.instructions   of one swap
//   [METRIC] hot_swap.torn           boundaries of the control at which the answer was wrong
#include "app/results.h"
#include "app/workplace.h"
#include "kernel/cpu.h"
#include "kernel/descriptors.h"
#include "kernel/emit.h"
#include "kernel/plan.h"
#include "kernel/recovery.h"
#include "kernel/system.h"
#include "program/loaded.h"

namespace {

using namespace jit;

constexpr uint32_t kSwaps = 1000;
constexpr uint32_t kPatches = 200;
constexpr uint32_t kMostSteps = 32;  // of a call of torn code, which may go anywhere

/// What the handler does at each boundary.
struct Watch {
  uint32_t entry = 0;  // where the function's address is
  uint32_t argument = 0, expected = 0;
  uint32_t answer = 0;  // of the call that was made last
  uint32_t boundaries = 0, wrong = 0;
  bool calling = false;
  uint32_t steps = 0;  // instructions of this call
  // What the entry is to hold: code that is torn may write anywhere. 0: as it is, and calls are not
  // counted.
  uint32_t code = 0;
};
Watch g_watch;

extern "C" uint32_t call_through(uint32_t entry, uint32_t argument);
extern "C" void debug_entry();
asm(R"(
.text
.globl call_through
call_through:
  pushl 8(%esp)
  movl 8(%esp), %eax
  call *(%eax)
  addl $4, %esp
  ret
.globl debug_entry
debug_entry:
  pushal
  cld
  call at_boundary
  popal
  iret
)");

/// EFLAGS.TF.
[[gnu::always_inline]] inline void step(bool on) {
  if (on) {
    asm volatile("pushf\n orl $0x100, (%%esp)\n popf" : : : "memory", "cc");
  } else {
    asm volatile("pushf\n andl $~0x100, (%%esp)\n popf" : : : "memory", "cc");
  }
}

/// Torn code stores where it takes its arguments and its frame to be: not where those are who
/// called, or whom the boundary interrupted.
constexpr uint32_t kRoom = 4096;

void call_it(void*) {
  char room[kRoom];
  asm volatile("" : : "r"(room) : "memory");
  if (g_watch.code != 0) step(true);
  g_watch.answer = call_through(g_watch.entry, g_watch.argument);
  if (g_watch.code != 0) step(false);
  asm volatile("" : : "r"(room) : "memory");
}

extern "C" void at_boundary() {
  Watch& w = g_watch;
  if (w.calling) {
    if (w.code != 0 && ++w.steps < kMostSteps) return;
    w.answer = ~w.expected;
    kernel::leave_guarded();
  }
  w.steps = 0;
  ++w.boundaries;
  w.argument = w.argument * 1664525 + 1013904223;
  w.expected = w.argument * 5 + 7;
  kernel::Trap trap;
  w.calling = true;
  const bool came_back = kernel::run_guarded(call_it, nullptr, 0, trap);
  w.calling = false;
  if (!came_back || w.answer != w.expected) ++w.wrong;
  if (w.code != 0) *reinterpret_cast<uint32_t*>(static_cast<uintptr_t>(w.entry)) = w.code;
}

/// Runs f() with a call of the function at every boundary of its instructions.
template <class F>
[[gnu::noinline]] void step_through(const F& f) {
  step(true);
  f();
  step(false);
}

/// Vector 1 to debug_entry, in the table of interrupts that is in use.
void take_debug_exceptions() {
  x86::TableRegister table = {};
  asm volatile("sidt %0" : "=m"(table));
  const auto entry = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&debug_entry));
  reinterpret_cast<x86::Gate*>(static_cast<uintptr_t>(table.base))[1] = x86::interrupt_gate(entry);
}

class HotSwap {
 public:
  HotSwap(kernel::System& system, const app::Prepared& prepared)
      : system_(system), place_(prepared.workplace), loaded_(place_) {}

  bool run(Span<const uint8_t> file) {
    Output output;
    if (const Fault fault = loaded_.load(file, place_, {}, output)) return say(fault);
    Native native(loaded_.machine, place_.machine_code, place_.machine_data,
                  {.fuel = false, .traps = true});
    const FunctionId one = loaded_.machine.find("answer"),
                     other = loaded_.machine.find("answer_in_another_way");
    if (one == kNone || other == kNone || !native.prepare() || !native.make(one) ||
        !native.make(other)) {
      return say(native.fault());
    }
    native.install();
    native.publish(one);
    take_debug_exceptions();
    g_watch = {.entry = native.entry_address(one)};
    uint32_t most = 0;
    for (uint32_t i = 0; i < kSwaps; ++i) {
      const uint32_t before = g_watch.boundaries;
      step_through([&] { native.publish(one, i % 2 == 0 ? other : one); });
      if (g_watch.boundaries - before > most) most = g_watch.boundaries - before;
    }
    const Watch swapped = g_watch;
    const bool good = swapped.wrong == 0 && swapped.boundaries >= 20 * kSwaps;
    const Watch torn = patch_in_place(native, one, other);
    system_.emit.test("hot_swap.every_boundary", app::status_of(good), swapped.boundaries,
                      swapped.wrong);
    system_.emit.test("hot_swap.patch_is_torn", app::status_of(torn.wrong > 0), torn.boundaries, 0);
    system_.emit.metric("hot_swap.instructions", most, "instructions");
    system_.emit.metric("hot_swap.torn", torn.wrong, "boundaries");
    return good && torn.wrong > 0;
  }

 private:
  bool say(const Fault& fault) {
    app::say(system_.console, "hot_swap", fault);
    return false;
  }

  /// What one would do without an entry: the code itself is overwritten, byte by byte, by the
  /// other.
  Watch patch_in_place(Native& native, FunctionId one, FunctionId other) {
    const Native::Placed a = native.placed(one), b = native.placed(other);
    native.publish(one);
    uint8_t* const bytes = place_.machine_code.bytes;
    uint8_t old[256];
    const uint32_t size = a.size > b.size ? a.size : b.size;
    if (size > sizeof old) return {};
    for (uint32_t i = 0; i < size; ++i) old[i] = bytes[a.offset + i];
    g_watch = {.entry = native.entry_address(one), .code = place_.machine_code.address + a.offset};
    for (uint32_t k = 0; k < kPatches; ++k) {
      const auto patch = [&] {
        for (uint32_t i = 0; i < size; ++i) {
          bytes[a.offset + i] = k % 2 == 0 ? bytes[b.offset + i] : old[i];
        }
      };
      step_through(patch);
      // Once it is whole, it is right: what it did to itself while it was torn is undone.
      patch();
      const uint32_t before = g_watch.wrong;
      at_boundary();
      if (g_watch.wrong != before) return {};
    }
    return g_watch;
  }

  kernel::System& system_;
  const Workplace& place_;
  Loaded loaded_;
};

wire::Status run(kernel::System& system) {
  app::Prepared prepared;
  if (!app::prepare(system, prepared)) return wire::Status::fail;
  kernel::emit_plan(system.console, 2, 2);
  static_assert(sizeof(HotSwap) < 8192, "on the stack");
  HotSwap swap(system, prepared);
  return app::status_of(swap.run(bundle::program(prepared.bundle, 0).file));
}

}  // namespace

extern "C" const kernel::App kernel_app = {"hot_swap", 0, 0, &run};
