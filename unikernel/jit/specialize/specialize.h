// A body made anew for what is known of it: arguments that are always the same, memory that never
// changes. What can be computed is computed, branches that are decided go, loops whose turns are
// known are unrolled. (N. D. Jones, C. K. Gomard, P. Sestoft, "Partial Evaluation and Automatic
// Program Generation", 1993; values of copied blocks as in M. Braun et al., "Simple and Efficient
// Construction of Static Single Assignment Form", CC 2013.)
//
// What it does and how many instructions of the program that are (Instruction::cost) stays the
// same.
#pragma once

#include "interpreter/machine.h"

namespace jit {

struct KnownArgument {
  bool known = false;
  uint64_t bits = 0;  // of an integer or a pointer
};

/// A load of the body that always gives this.
struct KnownLoad {
  ValueId result = kNone;
  uint64_t bits = 0;
};

struct SpecializeOptions {
  Span<const KnownArgument> arguments;  // as many as the function has, or none at all
  Span<const KnownLoad> loads;
  const Machine* fixed = nullptr;  // whose constants are known, or nullptr
  /// A loop with known turns is unrolled as a whole up to so many instructions,
  uint32_t whole = 1024;
  /// and else by parts of so many; turns that are left over come before, up to so many.
  uint32_t part = 192;
  uint32_t over = 96;
  /// By parts of four or two, too, where nobody knows the turns but the loop counts to a number.
  bool unknown = true;
  /// More than that is refused.
  uint32_t instructions = 16 * 1024;
};

/// `result` lives in `arena`, and shares with `body` what it does not change; `constants` are those
/// of `body`. false: `fault` says why not.
bool specialize(const Module& module, const Body& body, const Constants& constants,
                const SpecializeOptions& options, Arena& arena, Body& result, Text& fault);

}  // namespace jit
