// What a program has while it runs: its memory, its slots, its fuel, and the code made so far.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ir/ir.h"
#include "support/arena.h"
#include "support/fault.h"

namespace jit {

using Cell = uintptr_t;

/// How a program ended. All but the first two are its fault, or a limit; the machine goes on.
enum class Outcome : uint8_t {
  returned,        // from its entry
  exited,          // called guest_exit
  unreachable,     // reached what its compiler was promised is never reached
  trapped,         // llvm.trap
  wild_access,     // an address outside its memory
  division,        // by zero, or INT_MIN by -1
  stack_overflow,  // of slots or of memory
  out_of_fuel,
  wrong_call,      // through a pointer to no function
  wrong_type,      // of a function as if it took or gave something else
  missing_import,  // called a function that nobody provides
  unsupported,     // reached code that is refused
  out_of_memory,   // the interpreter's own, for code
};
/// Not a fault of the program's: a part of it is not supported, or not there.
constexpr bool is_refusal(Outcome outcome) {
  return outcome == Outcome::wrong_type || outcome == Outcome::missing_import ||
         outcome == Outcome::unsupported;
}
Text text_of(Outcome outcome);

struct State;

/// A function of the host or kernel. `arguments` are slots, as the callee's type has them; a result
/// goes to the first of them. Anything but `returned` ends the program.
using Import = Outcome (*)(State& state, uint32_t* arguments);

struct FunctionEntry {
  const Cell* code = nullptr;  // what a call jumps to; replaced by one store, at any time
  TypeId type = kNone;
  FunctionId id = kNone;
  Import import = nullptr;
  const Cell* interpreted = nullptr;  // its code for the interpreter, or `stub`
  Cell stub[1] = {};                  // `compile`, until the code is there
};

/// What a function's address looks like to the program: no memory is there.
constexpr uint32_t kFunctionBase = 0xFFC0'0000;
constexpr uint32_t kFunctionStep = 16;

/// Frames are at most this large, so that one beyond the end of the slots is still memory.
constexpr uint32_t kReservedSlots = 32 * 1024;

/// The lowest page is nobody's, so that null is never a place.
constexpr uint32_t kFirstAddress = 4096;

struct State {
  const Module* module = nullptr;

  // The program's memory: addresses from kFirstAddress (or `low`) to `high`; the byte of address x
  // is at `base` + x.
  uint8_t* base = nullptr;
  uint32_t low = 0;
  uint32_t high = 0;
  // Its stack there grows down from `high` to `stack_low`.
  uint32_t stack_pointer = 0;
  uint32_t stack_low = 0;

  // Slots: frames grow up.
  uint32_t* slots = nullptr;
  uint32_t* slots_end = nullptr;

  uint64_t fuel = 0;  // not yet handed to the loop
  // It is handed out in shares, and behind each of them `sample` is called, if it is set, with the
  // place where the code goes on.
  uint32_t share = 1U << 30;
  uint32_t until_sample = 1U << 30;
  void (*sample)(State& state, const Cell* ip) = nullptr;
  void* sampler = nullptr;
  uint64_t fuel_used = 0;  // when it has ended

  Span<FunctionEntry> entries;
  /// Makes the code of a function that was called. Else unsupported, or out_of_memory: `fault` says
  /// what.
  Outcome (*compile)(State& state, FunctionId id) = nullptr;
  void* context = nullptr;  // of compile
  /// Runs the machine code of a function, whose arguments stand at `frame` and whose result goes
  /// there. `interpret` is set where it is to be interpreted after all, and nothing was done.
  Outcome (*native)(State& state, FunctionId id, uint32_t* frame, bool& interpret) = nullptr;
  /// Goes on as machine code from `ip` on, the head of a loop, to the function's end; the result
  /// goes to `frame`. `handler` is set where it is to be interpreted after all: the one that was at
  /// `ip`.
  Outcome (*replace)(State& state, const Cell* ip, uint32_t* frame, Cell& handler) = nullptr;
  void* engine = nullptr;  // of native and replace
  /// Whether a call as `as` finds arguments and result of a function of type `is` where they are.
  bool (*same_shape)(const State& state, TypeId is, TypeId as) = nullptr;
  void* imports = nullptr;  // of imports
  Fault fault;
  int32_t status = 0;  // of guest_exit, or what the entry returned

  /// `count` bytes at `address`, or nullptr where they are not all the program's.
  [[nodiscard]] uint8_t* at(uint32_t address, uint32_t count) const {
    if (address < low || address > high || count > high - address) return nullptr;
    // As numbers: `base` is nullptr where addresses are the machine's.
    return reinterpret_cast<uint8_t*>(reinterpret_cast<uintptr_t>(base) + address);
  }
};

/// A slot of a frame, by its offset.
inline uint8_t* bytes_at(uint32_t* frame, Cell slot) {
  return reinterpret_cast<uint8_t*>(frame) + slot;
}

/// Rare instructions: operands are the cells from `cells` on. Anything but `returned` ends the
/// program.
using Helper = Outcome (*)(State& state, uint32_t* frame, const Cell* cells);

}  // namespace jit
