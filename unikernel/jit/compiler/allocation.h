// Where the variables of a function are: in registers, or in the frame. Liveness is exact, and
// registers go to the variables that gain most by one; docs/BITCODE.md says why not by intervals.
#pragma once

#include "compiler/parts.h"
#include "compiler/selection.h"
#include "compiler/x86.h"

namespace jit {

/// General registers, as bits.
using RegisterSet = uint8_t;
constexpr RegisterSet set_of(x86_32::Register r) { return static_cast<RegisterSet>(1U << r); }
constexpr RegisterSet kGeneralRegisters = set_of(x86_32::ecx) | set_of(x86_32::edx) |
                                          set_of(x86_32::ebx) | set_of(x86_32::ebp) |
                                          set_of(x86_32::esi) | set_of(x86_32::edi);
/// Those whose values a call destroys (System V ABI, i386), but for eax, which is never given out.
constexpr RegisterSet kCallerSaved = set_of(x86_32::ecx) | set_of(x86_32::edx);
/// SSE registers that are given out. xmm7 is everybody's for a moment; xmm6, too, in a function
/// that has to do with vectors.
constexpr RegisterSet kVectorRegisters = 0x3F, kScalarRegisters = 0x7F;

/// What one instruction does to registers besides writing its result.
struct Needs {
  RegisterSet clobbers = 0;  // destroyed for what lives on behind it
  bool clobbers_vectors = false;
  RegisterSet operands_not = 0;  // its operands must not be here,
  RegisterSet result_not = 0;    // nor its result
  bool early = false;            // the result is written before all operands have been read
  uint32_t operand = kNone;      // this one would best be in `operand_hint`
  x86_32::Register operand_hint = x86_32::kNoRegister;
  x86_32::Register result_hint = x86_32::kNoRegister;
};
/// Given by the code generator, which knows what it emits.
class NeedsOf {
 public:
  virtual Needs needs_of(const Instruction& instruction) const = 0;

 protected:
  ~NeedsOf() = default;
};

/// Whether needs_of() says nothing of the instruction, whose result is a variable of `kind`;
/// `none`: it has none. Most are told apart by this alone. needs.cpp
bool needs_nothing(const Instruction& instruction, PartKind kind);

/// One or more values that share a place.
struct Variable {
  PartKind kind = PartKind::none;
  x86_32::Register registers[2] = {x86_32::kNoRegister, x86_32::kNoRegister};
  bool incoming = false;  // its slot is among the caller's arguments
  uint32_t slot = kNone;  // byte offset among those, or among the frame's slots
  [[nodiscard]] bool in_register() const { return registers[0] != x86_32::kNoRegister; }
};

struct Allocation {
  Span<uint32_t> variable;  // by value of the body: in `variables`; kNone: it is none
  Span<Variable> variables;
  RegisterSet used = 0;     // of the general registers
  uint32_t slot_bytes = 0;  // of the frame's slots
  uint32_t argument_bytes = 0;
};

/// The registers that may be given out.
struct Registers {
  RegisterSet general = 0, vectors = 0;
};
/// `depth`: loops around each block. false: the arena is full.
bool allocate(const Module& module, const Body& body, const Selection& selection,
              Span<const uint32_t> depth, const Registers& registers, const NeedsOf& needs,
              Arena& arena, Allocation& allocation);

}  // namespace jit
