// The table of the functions that the IR knows by name.
#pragma once

#include "ir/opcodes.h"
#include "support/text.h"

namespace jit {

/// Which one a declaration of that name is: `none` where it does not start with "llvm.", `unknown`
/// where it is not in the table. Suffixes of overloaded types (".i32", ".p0.v4f32") are skipped;
/// the verifier looks at the types themselves.
Intrinsic intrinsic_of(Text name);

}  // namespace jit
