// A way into compiled code in the middle of a function: where interpreted code has come to the head
// of a loop, and is to go on as machine code (on-stack replacement: U. Hölzle and D. Ungar, "A
// third-generation SELF implementation", OOPSLA 1994).
#pragma once

#include "compiler/selection.h"
#include "ir/flow.h"

namespace jit {

/// What is known of the interpreted frame where the loop's head begins, behind its phis.
struct EntryPoint {
  uint32_t first = 0;          // the block: its first instruction in Body::instructions
  uint32_t frame_address = 0;  // where the 32 bits are that say where the frame is
  // By value of the body, in bytes.
  Span<uint32_t> slots;      // from the frame's begin; kNone: it is in no slot
  Span<uint32_t> places;     // of allocas of fixed size: from the frame's memory; kNone: it is none
  uint32_t memory_slot = 0;  // of the frame, where the address of its memory stands
};

/// Which values, by value of the body, are used on some way from the begin of `head`, behind its
/// phis, before they are computed anew. With a selection, only variables, and only uses for which
/// there is code. false: the arena is full.
bool find_live(const Module& module, const Body& body, const Flow& flow, BlockId head,
               const Selection* selection, Arena& arena, Span<bool>& live);

}  // namespace jit
