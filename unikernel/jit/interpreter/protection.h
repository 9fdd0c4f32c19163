// What an environment has for code that may raise exceptions of the processor.
#pragma once

#include "interpreter/state.h"

namespace jit {

/// The program's memory, and a second one behind the same addresses: which of them is seen can be
/// changed at any time. All numbers are multiples of Views::kPage.
struct Views {
  static constexpr uint32_t kPage = 4096;
  /// Begins anew. The first is the memory as it is; in the second nothing is from `low` to `high`.
  /// Pages of the first below `end` can be led. false: there are none now.
  bool (*begin)(void* context, uint32_t low, uint32_t high, uint32_t end) = nullptr;
  /// From `low` to `end` both have the pages of the first, and none can be written. false: there is
  /// no memory for it.
  bool (*share)(void* context, uint32_t low, uint32_t end) = nullptr;
  /// The first has all its pages there, and they can be written.
  void (*open)(void* context, uint32_t low, uint32_t end) = nullptr;
  /// What is at `address` in one of them: the page at `bytes`. In the first it must be its own.
  /// false: there is no memory for it.
  bool (*lead)(void* context, bool second, uint32_t address, uint8_t* bytes,
               bool writable) = nullptr;
  /// Which is seen, by a caller whose stack is in both.
  void (*see)(void* context, bool second) = nullptr;
  /// Who is asked where something writes to a page that is not writable; true: it is now.
  void (*ask)(void* context, bool (*write)(void* writer, uint32_t address), void* writer) = nullptr;
  void* context = nullptr;
};

struct Protection {
  /// Calls code(argument). false: an exception ended it, and `outcome` says how. May be called by
  /// such code.
  bool (*run)(void* context, void (*code)(void*), void* argument, Outcome& outcome) = nullptr;
  /// Takes the page at `address` away, or brings it back.
  void (*guard)(void* context, uint32_t address, bool on) = nullptr;
  void* context = nullptr;
  const Views* views = nullptr;  // nullptr: there is one memory
};

}  // namespace jit
