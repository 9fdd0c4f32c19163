// A module, compiled for places that the caller names: where its code, its table of functions and
// its globals will be. Nothing is run, and the bytes depend on nothing but the file and those
// addresses.
#pragma once

#include "compiler/native.h"

namespace jit {

/// Numbers alone, so that it is the same for the kernel, for interpreted and for compiled code. The
/// `_bytes` are addresses here, of buffers; the others those for which code is made.
struct CompileRequest {
  uint64_t file_bytes = 0;
  uint32_t file_size = 0;
  uint32_t code_address = 0, code_size = 0;
  uint64_t code_bytes = 0;
  uint32_t data_address = 0, data_size = 0;  // the table of functions
  uint64_t data_bytes = 0;
  uint32_t memory_address = 0, memory_size = 0;  // globals, and behind them the stack
  uint64_t memory_bytes = 0;                     // filled with zeros by the caller
  uint64_t work_bytes = 0;                       // for the compiler
  uint32_t work_size = 0;
  // Filled in.
  uint32_t code_used = 0;  // bytes
  uint32_t data_used = 0;
  uint32_t globals_used = 0;  // from memory_address on
  uint32_t functions = 0, instructions = 0, islands = 0, refused = 0;
  uint32_t entry = 0;  // guest_main, from code_address
};

/// How it compiles: the stack of what it makes must end at a page that is not there.
constexpr NativeOptions kWholeOptions = {.fuel = false, .traps = true};

/// false: `fault` says why.
bool compile_whole(CompileRequest& request, Fault& fault);

}  // namespace jit
