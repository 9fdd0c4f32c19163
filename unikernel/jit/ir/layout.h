// Where values of a type stand in memory, as i386-*-linux* has it ("Data Layout" of the LLVM
// Language Reference, for e-m:e-p:32:32-f64:32:64-n8:16:32-S128).
#pragma once

#include "ir/ir.h"

namespace jit {

/// No object is larger.
constexpr uint32_t kMaxTypeBytes = 0x7FFFFFF0;
/// Vectors: what types may be in a module, not what instructions may compute (ir/verify.h).
constexpr uint32_t kMaxVectorElements = 64;
constexpr uint32_t kMaxVectorBytes = 128;
/// Types stand in types at most so deep.
constexpr uint32_t kMaxTypeDepth = 64;

/// Size and alignment of `type` from its kind, count and the types that it is made of, which must
/// be laid out before. Of a structure, `offsets` are written, one for each field. false: it has no
/// place in memory, or is too large; both are 0 then.
bool lay_out(Span<const Type> types, Span<const TypeId> type_lists, Type& type, uint32_t* offsets);

/// Bits of one value of a scalar type; 0 for others.
uint32_t scalar_bits(const Type& type);
/// The same, and of long double and integers of more than 64 bits.
uint32_t value_bits(const Type& type);

}  // namespace jit
