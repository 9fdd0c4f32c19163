// The compiler's own bitcode, compiled here as the guest `selfhost` compiles it: for the same
// addresses, so to the same bytes (unikernel/jit/selfhost).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace harness {

struct SelfCompilation {
  std::string sha256;                              // of code, table of functions and globals
  std::uint32_t code = 0, table = 0, globals = 0;  // bytes
  std::uint32_t functions = 0;
  std::uint32_t instructions = 0;  // of the IR
};

/// Of any program without instructions that are interpreted in place. Throws Error (invalid_data)
/// where one has such, is refused, or is too large for the guest.
SelfCompilation compile_for_selfhost(std::string_view file);

}  // namespace harness
