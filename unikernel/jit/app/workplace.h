// What guests that run programs share: where the bundle and the memory come from, and what they
// say.
#pragma once

#include "bundle/bundle.h"
#include "program/program.h"

namespace kernel {
class Console;
struct System;
}  // namespace kernel

namespace jit::app {

/// What a guest has before it runs a program.
struct Prepared {
  Protection protection;
  Span<const uint8_t> bundle;
  uint32_t count = 0;  // of programs in it
  Workplace workplace;
};

/// Makes the processor ready, finds the bundle, shares out the memory and protects it: code is
/// written at an address where it cannot be executed, and executed where it cannot be written.
/// false, and a line says why, where something is missing.
bool prepare(kernel::System& system, Prepared& prepared);

/// For Output::write; `context` is the console.
void write_to_console(void* context, const char* bytes, uint32_t size);

/// A line on how a program ended that did not come to its own end.
void say(kernel::Console& out, const bundle::Program& program, const ProgramResult& result);
/// A line on what `who` could not do.
void say(kernel::Console& out, Text who, const Fault& fault);

}  // namespace jit::app
