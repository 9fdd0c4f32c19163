// The IR as text, for people. It looks like LLVM's, with what the IR has instead: types other than
// scalars are %tN, values are %N by their ids, blocks are bN. Works on what the verifier has not
// seen, or has refused: what is out of range is shown as '?'. Names from files are shown without
// control characters.
#pragma once

#include "ir/ir.h"

namespace jit {

/// Where text goes, in pieces.
struct Sink {
  void (*write)(void* context, Text text) = nullptr;
  void* context = nullptr;
};

/// Types, globals with their initializers, aliases, functions; no bodies.
void print_module(const Module& module, Sink sink);
void print_body(const Module& module, const Body& body, Sink sink);

// Parts of that.
/// Its function and its constants, before the first block.
void print_begin(const Module& module, const Body& body, Sink sink);
/// A line.
void print_instruction(const Module& module, const Body& body, const Instruction& instruction,
                       Sink sink);

}  // namespace jit
