// Whether a module, or a body, is sound: what the interpreter and the compiler may then take for
// granted. Accepted means: every id is in range and of the right sort, operands have the types that
// their operation needs, definitions dominate uses, and no constant is out of proportion; so
// whoever trusts types, ids and counts stays within his bounds. What a program does with addresses
// is not looked at. Rules: LLVM Language Reference 19, and Verifier.cpp where it says too little.
#pragma once

#include "ir/ir.h"
#include "support/fault.h"

namespace jit {

/// All globals of a module together take no more.
constexpr uint32_t kMaxGlobalBytes = 1U << 30;
constexpr uint32_t kMaxAlignment = 4096;
/// A value that instructions compute or take has at most so many fields, those of fields included.
constexpr uint32_t kMaxValueParts = 64;
/// Vectors that instructions compute or take, but for the masks of shuffles, which are constants.
/// clang makes wider ones than registers are of loops and of calls of memcpy.
constexpr uint32_t kMaxVectorBits = 1024;
constexpr uint32_t kMaxVectorLanes = 64;
constexpr uint32_t kMaxParameters = 255;
/// Constants stand in constants at most so deep; expressions are made of so many at most.
constexpr uint32_t kMaxConstantDepth = 64;
constexpr uint32_t kMaxExpressionParts = 64;
/// The initializers of all globals, every constant counted each time that it is met.
constexpr uint32_t kMaxInitializerParts = 1U << 24;

/// The module without its bodies. `scratch` is left as it was.
Fault verify_module(const Module& module, Arena& scratch);

/// A body of a module that verify_module() has accepted.
Fault verify_body(const Module& module, const Body& body, Arena& scratch);

}  // namespace jit
