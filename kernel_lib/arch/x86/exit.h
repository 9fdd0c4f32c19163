// How the machine ends behind the line that closes the output.
#pragma once

#include <wire/protocol.h>

namespace x86 {

/// Like kernel::exit_machine, behind [END] or [PANIC]: there the harness reads the screen, and
/// where it announced that (wire::kHoldFile), the machine waits for it.
[[noreturn]] void exit_when_screen_was_read(wire::Exit value);

}  // namespace x86
