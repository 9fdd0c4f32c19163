// Instructions that reach the program's memory and have no handlers of their own. Each takes its
// operands as cells (state.h, Helper); slots are byte offsets in the frame.
#pragma once

#include "interpreter/state.h"

namespace jit {

/// Cells: result, slot of the number of elements, bytes of one, alignment.
Outcome allocate_on_stack(State& state, uint32_t* frame, const Cell* cells);
/// Cells: result.
Outcome save_stack(State& state, uint32_t* frame, const Cell* cells);
/// Cells: slot.
Outcome restore_stack(State& state, uint32_t* frame, const Cell* cells);

/// Cells: bits, result (the old value, then whether it was stored), address, expected, replacement.
Outcome compare_exchange(State& state, uint32_t* frame, const Cell* cells);
/// Cells: AtomicOp, bits, result (the old value), address, operand.
Outcome atomic_update(State& state, uint32_t* frame, const Cell* cells);

/// Little endian, between a pair or word in slots and memory. Cells: bytes (1 to 8), slots,
/// address.
Outcome load_bytes(State& state, uint32_t* frame, const Cell* cells);
Outcome store_bytes(State& state, uint32_t* frame, const Cell* cells);

/// memcpy and memmove alike. Cells: slots of to, from, bytes.
Outcome move_memory(State& state, uint32_t* frame, const Cell* cells);
/// Cells: slots of to, value, bytes.
Outcome fill_memory(State& state, uint32_t* frame, const Cell* cells);
/// An argument by value. Cells: slot of the frame's memory, offset of the copy there, slot of from,
/// bytes, slot that gets the copy's address.
Outcome copy_by_value(State& state, uint32_t* frame, const Cell* cells);

/// SSE2's own operations, on vectors of 16 bytes. Cells: Intrinsic, result, a, b (or any), number.
Outcome x86_vector(State& state, uint32_t* frame, const Cell* cells);

}  // namespace jit
