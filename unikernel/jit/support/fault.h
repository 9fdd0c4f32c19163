// Why a file, or a program, is refused.
#pragma once

#include "support/text.h"

namespace jit {

/// The first reason is kept: what follows one is mostly its consequence.
struct Fault {
  static constexpr uint64_t kNoBit = ~uint64_t{0};

  Line what;                   // "unknown record 77 in a function block"
  Text function;               // in which function; empty: in none
  uint64_t bit = kNoBit;       // offset in the file, where it is known
  uint32_t instruction = ~0U;  // of the function's body; ~0U: at none
  bool unsupported = false;    // sound as far as seen, but not among what is read

  [[nodiscard]] explicit operator bool() const { return !what.empty(); }
};

}  // namespace jit
