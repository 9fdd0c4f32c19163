// From what the processor pushed for an exception to a Trap, and whether it is one to catch.
#pragma once

#include "kernel/recovery.h"

namespace kernel {

inline constexpr uint32_t kBreakpoint = 3, kOverflow = 4, kDoubleFault = 8, kPageFault = 14;

/// `pushed`: what lies at the interrupted stack's address `esp`, the error code first where the
/// vector has one.
Trap trap_of(uint32_t vector, const uint32_t* pushed, uint32_t esp, uint32_t cr2);

/// True for an exception of an instruction in `range`.
bool covers(const CodeRange& range, const Trap& trap);
/// True for a write to a page that is there and cannot be written.
bool is_forbidden_write(const Trap& trap);

}  // namespace kernel
