// What happens on a processor exception or a panic: one [PANIC] line, then exit. Nothing reboots
// silently.
#pragma once

#include "drivers/serial_and_screen.h"

namespace x86 {

/// From here on all 32 exceptions are handled, and panics print to `output`, which must stay.
void install_traps(kernel::SerialAndScreen& output);

}  // namespace x86
