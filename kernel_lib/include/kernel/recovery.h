// Runs code that may raise a processor exception, and comes back from it: for generated code and
// for code that is not known to be right. An exception ends that code alone and is told to who
// started it. What is not linked with this library ends with [PANIC], as ever.
//
//   kernel::Trap trap;
//   if (!kernel::run_guarded(&function, &context, 0, trap)) console.text("vector ")...
//
// All exceptions are caught but NMI and machine check. A double fault, which is what a stack that
// ran into a guard page (kernel/paging.h) ends in, enters by a task gate on a stack of its own, so
// esp may be anything.
//
// The code runs in ring 0: this guards against mistakes, not against malice. What it wrote, and
// what it did to control registers and devices, stays.
#pragma once

#include <stdint.h>

namespace kernel {

/// What the processor said of an exception.
struct Trap {
  uint32_t vector;   // Intel SDM volume 3, table 6-1
  uint32_t error;    // the error code, 0 where the vector has none
  uint32_t eip;      // of the instruction; of the next one for traps (1 in part, 3, 4)
  uint32_t esp;      // before the exception
  uint32_t address;  // of a page fault (14), or the one that led to a double fault (8)
};

/// Code whose exceptions are caught: from begin to, not including, end.
struct CodeRange {
  uint32_t begin = 0;
  uint32_t end = 0;  // 0: all code
};

/// Calls code(context) with its stack below `stack_top`, or on the present stack if that is 0.
/// True when it returned or called leave_guarded(); false when an exception ended it, which is then
/// in `trap`. Either way the registers that C keeps, the flags, segments, MXCSR and the x87's
/// control word are as before, and the x87's stack is empty.
///
/// An exception at an eip outside `range` is a [PANIC] (a jump to a wild address has that address
/// as eip). A run inside a run takes its exceptions alone; `range` is that of the innermost.
[[nodiscard]] bool run_guarded(void (*code)(void*), void* context, uint32_t stack_top, Trap& trap,
                               CodeRange range = {});

/// Ends the run from anywhere in it; run_guarded returns true. Outside a run: [PANIC].
[[noreturn]] void leave_guarded();

/// Is asked first where code writes to a page that is there and cannot be written, in a run or not.
/// True: it can be now, and the instruction runs again. It runs with the stack and the general
/// registers of its own, and must leave all others as they are; an exception in it is a [PANIC].
struct WriteHandler {
  bool (*write)(void* context, uint32_t address) = nullptr;  // nullptr: nobody is asked
  void* context = nullptr;
};
void use(const WriteHandler& handler);

/// Replaces GDT and IDT (the selectors of code and data stay), and loads a task register.
/// run_guarded does it the first time. An app that wants a [PANIC], not a reset, where the stack
/// outside a run meets a guard page, calls it after each change of CR3.
void install_recovery();

}  // namespace kernel
