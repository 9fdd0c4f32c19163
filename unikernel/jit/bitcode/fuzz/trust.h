// A reader of the IR that trusts it: what an interpreter does with ids and counts, without a check.
// Every table is copied to memory of just its size, so that AddressSanitizer sees each step
// outside.
#pragma once

#include <cstdint>

#include "ir/ir.h"

namespace jit::fuzz {

/// Goes through all of a module, and of the body if there is one, that the verifier has accepted.
/// The result depends on all that was read.
std::uint64_t walk(const Module& module, const Body* body);

}  // namespace jit::fuzz
