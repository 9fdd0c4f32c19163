// A file of LLVM bitcode on the host: checked, printed, or run as guests run it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "program/program.h"

namespace harness {

/// One line for people: what is wrong, in which function, at which bit of the file.
std::string fault_text(const jit::Fault& fault);

/// What was found in the whole file, all bodies included. Nothing is run, but what interpreter and
/// compiler would refuse when they come to it is found, too.
struct Verified {
  std::string fault;            // "" where it is sound, and all of it can be run
  bool unsupported = false;     // sound as far as seen, but not among what is read
  std::uint32_t functions = 0;  // with a body
  std::uint64_t instructions = 0;
  std::size_t memory = 0;  // bytes that module and largest body took
};
Verified verify_program(std::string_view file);

/// The IR as text, of one function where `function` names one. Throws Error (invalid_data) where
/// the file cannot be read, or has no such function.
std::string dump_program(std::string_view file, const std::string& function);

struct ProgramOptions {
  std::int32_t argument = 1;
  std::uint64_t fuel = 10'000'000'000;  // instructions of the IR
  std::uint32_t memory = 64u << 20;     // bytes of the program's memory, its stack included
};

/// Runs it; `write` takes what it writes, as it does. 32-bit addresses in memory of its own. A
/// fault of the result refers to names in `file`.
jit::ProgramResult run_program_file(std::string_view file, const ProgramOptions& options,
                                    const std::function<void(std::string_view)>& write);

}  // namespace harness
