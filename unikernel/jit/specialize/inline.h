// Calls whose callee is small become a copy of the callee's body, in the caller's: what the caller
// knows of the arguments, the specializer then knows of the copy, too.
//
// The call becomes a branch to the copy and a return one to what comes behind, each of which counts
// as what it stands for (Instruction::cost). Memory that the callee takes at its begin is taken at
// the caller's: where calls are left the caller may be on the stack many times, so there it is
// little.
#pragma once

#include "interpreter/machine.h"

namespace jit {

struct InlineOptions {
  uint32_t callee = 160;               // instructions of a callee at most,
  uint32_t depth = 4;                  // calls in one another,
  uint32_t instructions = 4096;        // of all that is made,
  uint32_t memory = 4096;              // bytes that all callees take, and the same
  uint32_t memory_again = 64;          // where what is made may be entered before it returns
  const BodySource* bodies = nullptr;  // instead of the machine's
};

struct Inlined {
  Body body;
  Span<ValueId> values;  // by value of the caller's body as it was: what it is now
  uint32_t calls = 0;    // that are none any more
  uint32_t left = 0;     // of functions that have a body, direct or not
  Text why;              // the last of those was left
};

/// Whether the call goes to a function of the program that has a body, and which.
bool find_callee(const Machine& machine, const Body& body, const Instruction& call, FunctionId& id);

/// `made` lives in `arena`, and shares with `body` what it does not change. Calls that cannot be
/// replaced stay. false: no memory.
bool inline_calls(const Machine& machine, const Body& body, const InlineOptions& options,
                  Arena& arena, Inlined& made);

}  // namespace jit
