// For tests: bitcode that clang makes, LLVM's own text of it, and files opened with memory of
// theirs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bitcode/module_reader.h"

namespace jit::testing {

using Bytes = std::vector<std::uint8_t>;

/// Source code, .c, .cpp or .ll, compiled for guests with further options, such as -O2. Throws
/// std::runtime_error with the compiler's words.
Bytes compile(const std::string& source, const std::string& options);
/// The same, of LLVM's text itself; the target is put before it.
Bytes assemble(const std::string& text);
/// What llvm-dis says of it. Empty where there is no llvm-dis.
std::string disassemble(const Bytes& bitcode);

std::string string_of(Text text);
/// "" or why, with the function's name before it.
std::string string_of(const Fault& fault);

/// Bitcode opened in memory of 20 times its size and 64 KiB.
struct Opened {
  explicit Opened(Bytes file);
  Bytes bytes;
  std::vector<char> memory;
  Arena arena;
  bitcode::BitcodeFile file;
  Fault fault;
};

/// The first reason to refuse any of it, module or bodies, by reader or verifier; or "".
std::string refusal(const Bytes& bitcode);

}  // namespace jit::testing
