// A file of LLVM bitcode as machine code, as guests compile it: made here, and not run.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

struct CompiledFunction {
  std::string name;                // printable
  std::string refused;             // why there is no code of it; "" where there is
  std::uint64_t instructions = 0;  // of the IR
  std::uint64_t interpreted = 0;   // of those: in place, by the interpreter
  std::uint32_t offset = 0;        // of its code, in all of the code
  std::uint32_t bytes = 0;         // with its constants
};

struct CompiledProgram {
  std::vector<CompiledFunction> functions;  // that have a body, and were asked for
  std::string code;     // of all: what calls the runtime, then functions in their order
  std::string listing;  // of those that were asked for
};

/// Where code and what it reads of the runtime would be. Part of the code.
constexpr std::uint32_t kCodeAddress = 0x0040'0000;
constexpr std::uint32_t kDataAddress = 0x3000'0000;

struct CompileOptions {
  std::string function;  // this one alone is shown; all are compiled
  bool listing = false;
};

/// The same bytes for the same file, whatever the machine. Throws Error (invalid_data) where the
/// file is refused, or has no such function, or the listing would be too long.
CompiledProgram compile_program_file(std::string_view file, const CompileOptions& options);

}  // namespace harness
