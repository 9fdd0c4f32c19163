// A compiled function for people: its IR, where each value lives, and the machine code that each
// instruction became.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/generator.h"

namespace harness {

/// What can only be told while the function is compiled. Its code is read later, when all calls
/// have their distances.
struct Listing {
  struct Piece {
    std::string text;                  // lines, before the code
    std::uint32_t begin = 0, end = 0;  // of the code, from the function's first byte
  };
  std::vector<Piece> pieces;               // in the order in which they are printed
  std::uint32_t constants = 0, total = 0;  // where constants begin, and end
};

Listing list_function(const jit::Generator& generator);

/// `code` is the function's, at `address`.
std::string listing_text(const Listing& listing, std::string_view code, std::uint32_t address);

}  // namespace harness
