// One program, from its file to its end: opened, verified, run. The same in a guest and on the
// host.
#pragma once

#include "adaptive/adaptive.h"
#include "compiler/native.h"
#include "interpreter/machine.h"
#include "interpreter/protection.h"

namespace jit {

/// Memory for one program at a time. Nothing of it is kept between two.
struct Workplace {
  Span<char> module;          // what is read of the file: at most 20 times as much
  Span<char> code;            // compiled functions
  Span<char> scratch;         // one function while it is read, verified and compiled
  Span<uint32_t> slots;       // at least kMinSlots
  uint8_t* memory = nullptr;  // the byte of the program's address 0; in a guest nullptr
  uint32_t low = kFirstAddress, high = 0;  // the program's addresses
  uint32_t stack_bytes = 256 * 1024;       // of those
  Region machine_code, machine_data;       // of Tier::compiled
};

/// How a program is run.
enum class Tier : uint8_t {
  interpreted,
  compiled,  // all of it, before it begins; only where machine code for 32-bit x86 runs
  adaptive,  // interpreted at first, compiled function by function as it pays; there, too
};

struct ProgramResult {
  bool refused = false;  // `fault` says why; nothing was run
  Outcome outcome = Outcome::returned;
  int32_t status = 0;      // of guest_exit, or what guest_main returned
  uint64_t fuel = 0;       // instructions of the IR that were run, phis apart
  uint32_t functions = 0;  // lowered to the interpreter's code, or compiled
  uint32_t code_bytes = 0;
  uint64_t load_ticks = 0;  // to read and verify it
  // Of Tier::compiled and Tier::adaptive.
  uint32_t instructions = 0;  // of the IR, that were compiled
  uint32_t islands = 0;       // of those, that are interpreted in place
  uint32_t kept_bytes = 0;    // of Workplace::code
  // Of Tier::adaptive: bytes that ProgramLimits::learned_to has got, and why `learned` was not
  // used.
  uint32_t learned_bytes = 0;
  Text learned_refused;
  uint64_t read_ticks = 0;  // to read and verify bodies: part of compiling, or of the run
  uint64_t longest_slice = 0, longest_trial = 0, longest_still = 0;  // Adaptive::longest_slice()
  uint64_t compile_ticks = 0, run_ticks = 0;  // by ProgramLimits::clock. Of Tier::adaptive,
                                              // compiling is part of the run, and told again
  Fault fault;  // also where `outcome` is unsupported or out_of_memory

  /// It came to its own end.
  [[nodiscard]] bool ended() const {
    return !refused && (outcome == Outcome::returned || outcome == Outcome::exited);
  }
};

/// Takes guest_write's text.
struct Output {
  void (*write)(void* context, const char* bytes, uint32_t size) = nullptr;
  void* context = nullptr;
};

/// Is told of machine code before it runs.
struct CodeListener {
  void (*made)(void* context, const Module& module, const Native& native) = nullptr;
  void* context = nullptr;
};

struct ProgramLimits {
  uint64_t fuel = ~uint64_t{0} >> 1;
  bool checked = true;  // every access against low and high; on the host always
  Tier tier = Tier::interpreted;
  bool count = true;  // fuel, in compiled code
  const Protection* protection = nullptr;
  uint64_t (*clock)() = nullptr;          // of ticks, where they are asked for
  CodeListener listener = {};             // of Tier::compiled
  HotPathOptions hot_paths = {};          // of Tier::adaptive
  Adaptive::Listener tier_listener = {};  // of Tier::adaptive
  // Of Tier::adaptive: what an earlier run of the program in this workplace has learnt; and where
  // what this one has goes, where it comes to its own end. Adaptive::save()
  Span<const uint8_t> learned = {};
  Span<uint8_t> learned_to = {};
};

/// Runs guest_main(argument) of the file.
ProgramResult run_program(Span<const uint8_t> file, int32_t argument, const Workplace& workplace,
                          const ProgramLimits& limits, const Output& output);

/// Compiles all of the file to machine code, as Tier::compiled does, and runs nothing: on any
/// processor. `look` is shown what was made. A fault where there is nothing to be shown.
Fault compile_program(Span<const uint8_t> file, const Workplace& workplace,
                      const NativeOptions& options,
                      void (*look)(void* context, const Module& module, const Native& native),
                      void* context);

}  // namespace jit
