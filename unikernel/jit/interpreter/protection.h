// What an environment has for code that may raise exceptions of the processor.
#pragma once

#include "interpreter/state.h"

namespace jit {

struct Protection {
  /// Calls code(argument). false: an exception ended it, and `outcome` says how. May be called by
  /// such code.
  bool (*run)(void* context, void (*code)(void*), void* argument, Outcome& outcome) = nullptr;
  /// Takes the page at `address` away, or brings it back.
  void (*guard)(void* context, uint32_t address, bool on) = nullptr;
  void* context = nullptr;
};

}  // namespace jit
