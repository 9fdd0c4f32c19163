// From the compiler's own world into compiled code, and back. Only where that code can run.
#include "compiler/native.h"

#if defined(__i386__)

namespace jit {
namespace {

constexpr uint32_t kStackReserve = 8 * 1024;

extern "C" {
/// Calls `code` with `stack` as its stack, on which its arguments lie. *saved is where
/// jit_leave_code() finds its way back.
uint32_t jit_enter_code(uint32_t code, uint32_t stack, uint32_t* saved);
/// Returns from the jit_enter_code() that saved this.
[[noreturn]] void jit_leave_code(uint32_t saved);
}
asm(R"(
.text
.globl jit_enter_code
jit_enter_code:
  pushl %ebp
  pushl %ebx
  pushl %esi
  pushl %edi
  movl 20(%esp), %eax
  movl 24(%esp), %ecx
  movl 28(%esp), %ebx
  movl %esp, (%ebx)
  movl %ecx, %esp
  call *%eax
  movl (%ebx), %esp
  jmp 1f
.globl jit_leave_code
jit_leave_code:
  movl 4(%esp), %esp
1:
  popl %edi
  popl %esi
  popl %ebx
  popl %ebp
  ret
)");

void end_unless_returned(Native& native, Outcome outcome) {
  if (outcome != Outcome::returned) native.end(outcome);
}

void island_bridge(Native* native, uint32_t number, uint32_t* slots) {
  end_unless_returned(*native, native->run_island(number, slots));
}
void runtime_bridge(Native* native, RuntimeCall which, uint32_t* slots) {
  end_unless_returned(*native, native->run_runtime(which, slots));
}
uint32_t* import_bridge(Native* native, FunctionId id, uint32_t* arguments) {
  end_unless_returned(*native, native->run_import(id, arguments));
  return arguments;
}
void end_bridge(Native* native, Outcome outcome) { native->end(outcome); }

}  // namespace

void Native::end(Outcome outcome) {
  outcome_ = outcome;
  jit_leave_code(header().saved_stack);
}

Outcome Native::call(void* context, FunctionId id, Span<const uint32_t> arguments) {
  Native& native = *static_cast<Native*>(context);
  State& state = native.machine_.mutable_state();
  Header& header = native.header();
  const uint32_t stack = (state.stack_pointer - 64 - 4 * arguments.size) & ~15U;
  auto* const words = reinterpret_cast<uint32_t*>(stack);
  for (uint32_t i = 0; i < arguments.size; ++i) words[i] = arguments[i];
  header.fuel_low = static_cast<uint32_t>(state.fuel);
  header.fuel_high = static_cast<uint32_t>(state.fuel >> 32);
  // Behind a page that may not be there, and room for what compiled code calls.
  header.stack_limit = ((state.stack_low + 4095) & ~4095U) + 4096 + kStackReserve;
  native.outcome_ = Outcome::returned;
  const bool adopted = native.adopted_ != kNone;
  const uint32_t code =
      native.code_.address + (adopted ? native.adopted_ : native.placed_[id].offset);
  const uint32_t result = jit_enter_code(code, stack, &header.saved_stack);
  native.settle();
  if (native.outcome_ == Outcome::returned) state.status = static_cast<int32_t>(result);
  if (native.outcome_ == Outcome::unsupported) state.fault = native.fault_;
  return native.outcome_;
}

void Native::install() {
  Header& h = header();
  h.native = reinterpret_cast<uint32_t>(this);
  h.bridges[static_cast<uint32_t>(Service::island)] = reinterpret_cast<uint32_t>(&island_bridge);
  h.bridges[static_cast<uint32_t>(Service::runtime)] = reinterpret_cast<uint32_t>(&runtime_bridge);
  h.bridges[static_cast<uint32_t>(Service::import)] = reinterpret_cast<uint32_t>(&import_bridge);
  h.bridges[static_cast<uint32_t>(Service::end)] = reinterpret_cast<uint32_t>(&end_bridge);
  machine_.use({call, this});
}

}  // namespace jit

#else

namespace jit {

void Native::install() {}
void Native::end(Outcome) { __builtin_trap(); }
Outcome Native::call(void*, FunctionId, Span<const uint32_t>) { return Outcome::unsupported; }

}  // namespace jit

#endif
