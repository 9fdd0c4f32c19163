// QEMU's own count of instructions beside the guest's clock, in every boot under the counted clock:
// the clock goes on while the guest is halted, and nothing else tells.
#pragma once

#include <filesystem>
#include <vector>

#include "machine/machine.h"
#include "model/scenario.h"

namespace harness {

/// Boots like the machine it is given, and adds Trace::executed and Trace::halted. The guest is the
/// same and says the same. Where the profiler plugin is not there, or QEMU does not take it, boots
/// are as without, and the two stay unset.
class ClockWatch final : public Machine {
 public:
  ClockWatch(Machine& machine, const Scenario& scenario);
  Trace run(const Job& job, const SerialSink& sink) override;

 private:
  Machine& machine_;
  std::vector<std::filesystem::path> plugins_;  // those that QEMU has not refused
};

}  // namespace harness
