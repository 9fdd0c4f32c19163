// Options of guests that run programs, each a fw_cfg file opt/uniharness/bitcode/NAME, with or
// without a line end. An option that is not there leaves its value as it is; one that cannot be
// read is false, and a line says what it must be.
#pragma once

#include "adaptive/hot_paths.h"
#include "support/text.h"

namespace kernel {
class Console;
}

namespace jit::app {

constexpr uint32_t kMaxOption = 64;  // characters

/// The whole text; empty where there is none. `buffer` holds it.
Text read_text(const char* option, char (&buffer)[kMaxOption]);
/// 0 or 1.
bool read_switch(kernel::Console& out, const char* option, bool& on);
/// A number of up to 63 bits.
bool read_number(kernel::Console& out, const char* option, uint64_t& value);
/// All of HotPathOptions, by the names that they have there, each from 1 to 2,147,483,647.
bool read_hot_paths(kernel::Console& out, HotPathOptions& options);

}  // namespace jit::app
