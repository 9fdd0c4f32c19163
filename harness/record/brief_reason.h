// The reason of a crash without its registers, for places where they stand in a table beside it.
#pragma once

#include <string>
#include <string_view>

namespace harness {

/// "exception 6 (invalid opcode)" of kernel_lib's "exception 6 (invalid opcode): error=0x0
/// eip=0x100153 trace=0x100153,0x10012E"; any other text as it is. Untrusted in, untrusted out.
std::string without_registers(std::string_view reason);

}  // namespace harness
