// Bitcode files, as clang 19 writes them, read into the IR. Files are not trusted: every count is
// held against the bits that remain, all memory is the arena's, and nothing is guessed: what is not
// known is refused by name. docs/BITCODE.md lists what is read. What comes out is in the form of
// ir/ir.h, but not checked yet: ids may be out of range, types may not fit. ir/verify.h does that.
#pragma once

#include "bitcode/bitstream.h"
#include "ir/ir.h"

namespace jit::bitcode {

/// An opened file: its module, and what is needed to read bodies later.
struct BitcodeFile {
  Span<const uint8_t> bytes;  // without a wrapper
  Module module;
  BlockInfo info;
  // Types of results that instructions do not name.
  TypeId boolean = kNone;
  TypeId pointer = kNone;
  TypeId nothing = kNone;  // void
  Span<TypeId> vectors;    // one of each
  Span<TypeId> exchanges;  // {iN or ptr, i1}: compare_exchange gives these
};

/// Reads all but the bodies. `file` and the arena's memory must outlive `out`. At a fault, `out` is
/// not to be used.
Fault open_module(Span<const uint8_t> file, Arena& arena, BitcodeFile& out);

/// Reads the body of a function that has one (Function::body_bit != 0). Of the arena, what is used
/// in the end is what the body takes; up to four times as much is needed on the way.
Fault read_body(const BitcodeFile& file, FunctionId function, Arena& arena, Body& body);

/// The same, and verified (ir/verify.h): what a BodySource of the interpreter wants. `file` is a
/// BitcodeFile.
Fault read_verified_body(void* file, FunctionId function, Arena& arena, Body& body);

/// Where an instruction of a body begins, in bits from the begin of the file; Fault::kNoBit where
/// there is no such instruction.
uint64_t find_instruction(const BitcodeFile& file, FunctionId function, uint32_t instruction);

}  // namespace jit::bitcode
