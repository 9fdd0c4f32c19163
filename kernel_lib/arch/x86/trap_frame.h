// What trap_stubs.asm hands to the handler that panics.
#pragma once

#include <stdint.h>

namespace x86 {

// What trap_stubs.asm and the processor leave on the stack. The processor pushes no stack pointer
// when the privilege level stays: the interrupted stack begins above the frame.
struct TrapFrame {
  uint32_t edi, esi, ebp, unused_esp, ebx, edx, ecx, eax;
  uint32_t vector, error, eip, cs, eflags;
};

/// Prints the [PANIC] line of an exception and exits.
extern "C" [[noreturn]] void handle_trap(const TrapFrame* frame);

extern "C" const char trap_stubs[];  // 32 entries, one for each exception
inline constexpr unsigned kTrapStubBytes = 4;

}  // namespace x86
