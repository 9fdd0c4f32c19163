// What guests that run programs share: where the bundle and the memory come from, and what they
// say.
#pragma once

#include "bundle/bundle.h"
#include "program/program.h"

namespace kernel {
class Console;
class Heap;
}  // namespace kernel

namespace jit::app {

/// The bundle, in memory. Empty, and a line says why, where there is none.
Span<const uint8_t> load(kernel::Console& out, kernel::Heap& memory);

/// Shares out what is left of the memory; false where that is less than 8 MB.
bool make_workplace(kernel::Heap& memory, Workplace& workplace);

/// For Output::write; `context` is the console.
void write_to_console(void* context, const char* bytes, uint32_t size);

/// A line on how a program ended that did not come to its own end.
void say(kernel::Console& out, const bundle::Program& program, const ProgramResult& result);

}  // namespace jit::app
