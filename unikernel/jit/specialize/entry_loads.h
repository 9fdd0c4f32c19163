// Loads that a function makes whenever it is called, before it has changed anything: what they give
// can be known by who calls it.
#pragma once

#include "interpreter/constants.h"

namespace jit {

struct EntryLoad {
  uint32_t argument = 0;  // whose value is the address, less `offset`
  uint32_t offset = 0;    // bytes
  uint32_t bytes = 0;     // 1, 2 or 4
  ValueId result = kNone;
};

/// Of integers and pointers, not volatile, at a fixed distance from what an argument points to. How
/// many were written to `loads`, which has room for `most`.
uint32_t find_entry_loads(const Module& module, const Body& body, const Constants& constants,
                          EntryLoad* loads, uint32_t most);

}  // namespace jit
