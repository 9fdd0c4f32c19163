// The registers of a processor as QEMU's monitor prints them (`info registers`). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/crash_site.h"

namespace harness {

struct ProcessorState {
  std::vector<CrashRegister> registers = {};  // general and control ones, names in lower case
  std::optional<std::uint64_t> at = {};       // the instruction it would execute next
};

/// Of x86, Arm and RISC-V, as QEMU 7.2 to 10 print them; for other text nothing. Of an x86 in real
/// mode `at` is the linear address. At most kMaxCrashRegisters registers; any bytes.
ProcessorState read_qemu_registers(std::string_view text);

/// The place that they name, not symbolized; nullopt where they name none.
std::optional<CrashSite> site_of_registers(std::string_view text);

}  // namespace harness
