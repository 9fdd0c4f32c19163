// A boot of a tiny guest of our own, to see what a QEMU and an accelerator really do: a /dev/kvm
// that opens proves nothing.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "machine/machine.h"
#include "process/scratch_folder.h"

namespace harness::doctor {

/// The guest as a multiboot file of some hundred bytes (probe.asm): says "probe ", counts down from
/// a million, says its cycle counter in 8 letters, and leaves through the debug-exit port.
std::string_view probe_guest();

/// What came of a few boots with one accelerator and clock.
struct Probe {
  std::string arch, accel;
  ClockKind clock = ClockKind::host;
  bool works = false;                           // every boot said its line and left as it should
  std::string why;                              // why it does not work, empty otherwise
  std::string qemu_version;                     // empty where QEMU never greeted
  std::vector<std::chrono::nanoseconds> walls;  // of each boot
  bool identical = false;                       // all boots printed the same, to the last digit
};

/// Boots `guest` (a file that holds probe_guest()) `boots` times. One that works and takes longer
/// than `slow` is the last: more of them could not make the accelerator a choice. What does not
/// work is a result; throws Error only when interrupted.
Probe probe(Machine& machine, const std::filesystem::path& guest, const std::string& arch,
            const std::string& accel, ClockKind clock, std::size_t boots,
            std::chrono::nanoseconds slow = std::chrono::nanoseconds::max());

/// Why QEMU knows no such processor ("max,+vmx"): its own words, of the model or the property.
/// Empty where it starts `guest` (of x86), and where it fails for another reason.
std::string cpu_fault(Machine& machine, const std::filesystem::path& guest, const std::string& arch,
                      const std::string& cpu);

/// The guest as a file in a folder of its own, which goes away with it.
class ProbeGuest {
 public:
  ProbeGuest();
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "probe.bin"; }

 private:
  ScratchFolder folder_;
};

/// Every accelerator and clock of one architecture: tcg by host time, tcg counting, kvm. Of a kvm
/// whose boot takes ten times as long as the slowest of tcg, one boot is enough.
std::vector<Probe> probe_arch(Machine& machine, const std::filesystem::path& guest,
                              const std::string& arch);

}  // namespace harness::doctor
