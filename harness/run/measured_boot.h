// One boot for its time: no screen is read, nothing is judged while the guest runs, so that the
// harness takes as little of the processor as it can.
#pragma once

#include <cstdint>
#include <string>

#include "build/image.h"
#include "machine/machine.h"
#include "model/record.h"

namespace harness {

/// Throws Error (interrupted) after Ctrl-C.
Trace run_measured(Machine& machine, const Scenario& scenario, const Image& image,
                   std::uint64_t index);

/// The same with its events collected afterwards. Throws Error (invalid_data) naming `what` where
/// the guest did not pass: its times would mean nothing.
BootRecord measured_boot(Machine& machine, const Scenario& scenario, const Image& image,
                         std::uint64_t index, const std::string& what);

}  // namespace harness
