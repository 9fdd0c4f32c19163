// Small guests at random, of which it is known how many instructions each of their functions
// executes: calls, loops, instructions across pages, code that changes itself or runs elsewhere,
// traps, interrupts, memory of devices. A test of the profiler; pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace harness::profile {

enum class Kind {
  plain,          // `count` instructions that only compute
  taken_jump,     // over some bytes
  store,          // to memory
  add_to_memory,  // reads and writes it
  push_pop,
  call,            // of function `target`, by its address
  call_register,   // through a register
  call_memory,     // through memory
  loop,            // `count` turns of `body`
  cross_page,      // an instruction reaches into the next page, and is not the first of its block
  store_across,    // the same with a store
  patch_next,      // a store changes the next instruction
  patch_across,    // the same where that reaches into the next page
  patch_before,    // a store changes an instruction before it in its block
  add_to_next,     // the next instruction is read, changed and written
  patch_function,  // a store changes function `target`
  fill,            // rep stosd of `count` words
  fill_screen,     // the same into the memory of the VGA screen
  screen,          // one store there
  run_copy,        // copies code without a symbol, number `target`, to place `count`, and calls it
  interrupt,       // int 0x80
  bad_opcode,      // ud2, which its handler steps over
  divide_by_zero,  // the same, with a division that is not executed
  wait,            // sti, hlt, cli
  run_open,        // a loop of `count` turns that may be interrupted
};

struct Statement {
  Kind kind = Kind::plain;
  std::uint32_t count = 0, target = 0;
  std::vector<Statement> body = {};
};

/// Begins with one instruction that others may change, and ends with a return or, where `tail` is
/// not 0, a jump to that function.
struct GuestFunction {
  std::vector<Statement> body;
  std::uint32_t tail = 0;
};

/// Code without a symbol: `plain` instructions, then, `calls` times, a call of function `target`.
struct Blob {
  std::uint32_t plain = 0, calls = 0, target = 0;
};

/// Function 0 is entered once. A function calls only later ones.
struct Program {
  std::vector<GuestFunction> functions;
  std::vector<Blob> blobs;
};

struct Executed {
  std::uint64_t self = 0, calls = 0;
};

/// What a program executes. Interrupts by the timer come when they come: not in it.
struct Expected {
  std::vector<Executed> functions;
  std::vector<Executed> places;         // where blobs are copied to
  Executed trap, bad_opcode, division;  // handlers
};

inline constexpr std::uint32_t kPlaces = 8, kPlaceBytes = 256;
inline constexpr std::uint64_t kHandlerOfTimer = 5;  // instructions

/// The same for the same seed. Executes some 100,000 instructions at most.
Program random_program(std::uint64_t seed);

Expected interpret(const Program& program);

/// The program as a 32-bit ELF file with a multiboot header. Functions are called f0, f1, ...,
/// handlers trap, bad_opcode, division and tick. It ends with the pass value.
std::string elf_of(const Program& program);
/// Where blobs are copied to.
std::uint32_t place_address(std::uint32_t place);

}  // namespace harness::profile
