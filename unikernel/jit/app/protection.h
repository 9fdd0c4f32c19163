// How a guest runs machine code that it has made, so that an exception ends the program alone.
#pragma once

#include "program/program.h"

namespace kernel {
struct System;
}

namespace jit::app {

/// Bytes of tables that are enough for guests with one Workplace.
constexpr uint32_t kTableBytes = 96 * 4096;

/// Turns paging on, with tables at `tables`, and takes from the pages of `workplace` what they need
/// not have: machine code is executed where it cannot be written, and written through
/// machine_code.bytes, which becomes another address of the same pages; the program's memory cannot
/// be executed. Exceptions come to `protection` from here on. Once in a boot. false, and a line
/// says why, where that fails.
[[nodiscard]] bool protect(kernel::System& system, const Region& tables, Workplace& workplace,
                           Protection& protection);

}  // namespace jit::app
