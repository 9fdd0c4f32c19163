#include "adaptive/slices.h"

#if defined(__i386__)

extern "C" {
/// Goes on where `to` was saved; comes back when somebody goes on at *saved.
void jit_switch_stack(uint32_t* saved, uint32_t to);
/// code(context), on the stack that ends at `top`.
void jit_call_on_stack(uint32_t top, void (*code)(void*), void* context);
}
asm(R"(
.text
.globl jit_switch_stack
jit_switch_stack:
  movl 4(%esp), %eax
  movl 8(%esp), %ecx
  pushl %ebp
  pushl %ebx
  pushl %esi
  pushl %edi
  movl %esp, (%eax)
  movl %ecx, %esp
  popl %edi
  popl %esi
  popl %ebx
  popl %ebp
  ret
.globl jit_call_on_stack
jit_call_on_stack:
  pushl %ebp
  movl %esp, %ebp
  movl 8(%ebp), %esp
  andl $-16, %esp
  subl $12, %esp
  pushl 16(%ebp)
  call *12(%ebp)
  movl %ebp, %esp
  popl %ebp
  ret
)");

namespace jit {
namespace {

/// The end of the stack that nobody may come to, and what is in it.
constexpr uint32_t kUntouched = 256;
constexpr char kMark = 0x5A;

}  // namespace

void Slices::run(Slices* self) {
  self->work_(self->context_);
  self->work_ = nullptr;
  jit_switch_stack(&self->inside_, self->outside_);
  __builtin_unreachable();
}

void Slices::begin(void (*work)(void*), void* context) {
  work_ = work;
  context_ = context;
  for (uint32_t k = 0; k < kUntouched; ++k) stack_[k] = kMark;
  // What jit_switch_stack() takes from it: four registers, and where it returns to, which is a
  // function that was called: behind a return address that nobody uses, its argument.
  const uint32_t top = reinterpret_cast<uint32_t>(stack_.end()) & ~15U;
  // A multiple of 16 is where the argument is, as a call leaves it (System V ABI).
  constexpr uint32_t kBelow = 40;
  auto* const words = reinterpret_cast<uint32_t*>(top - kBelow);
  for (uint32_t k = 0; k < kBelow / 4; ++k) words[k] = 0;
  words[4] = reinterpret_cast<uint32_t>(&run);
  words[6] = reinterpret_cast<uint32_t>(this);
  inside_ = top - kBelow;
}

void Slices::go_on(uint64_t ticks, uint64_t (*clock)()) {
  pace_.begin(ticks, clock);
  jit_switch_stack(&outside_, inside_);
  pace_.end();
  // What lies below the stack would be overwritten next.
  for (uint32_t k = 0; k < kUntouched; ++k) {
    if (stack_[k] != kMark) __builtin_trap();
  }
}

void Slices::pause(void* self) {
  Slices& slices = *static_cast<Slices*>(self);
  jit_switch_stack(&slices.inside_, slices.outside_);
}

void run_on_stack(Span<char> stack, void (*code)(void*), void* context) {
  jit_call_on_stack(reinterpret_cast<uint32_t>(stack.end()), code, context);
}

}  // namespace jit

#else

namespace jit {

void Slices::begin(void (*work)(void*), void* context) {
  work_ = work;
  context_ = context;
}

void Slices::go_on(uint64_t, uint64_t (*)()) {
  work_(context_);
  work_ = nullptr;
}

void Slices::pause(void*) {}

void run_on_stack(Span<char>, void (*code)(void*), void* context) { code(context); }

}  // namespace jit

#endif

namespace jit {

void Slices::stop() {
  pace_.end();
  work_ = nullptr;
}

}  // namespace jit
