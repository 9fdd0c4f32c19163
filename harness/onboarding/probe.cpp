#include "onboarding/probe.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "onboarding/troubles.h"

namespace harness::onboarding {

Scenario scenario_to_probe(const IdentifiedImage& image, const std::string& name,
                           const std::string& file, const Wishes& wishes) {
  constexpr std::uint64_t kMemory = 128 << 20;
  Scenario scenario;
  scenario.name = name;
  const Architecture& arch = architecture(image.arch);
  MachineSpec& machine = scenario.machine;
  machine.arch = arch.name;
  machine.model = image.model.empty() ? arch.model : image.model;
  machine.cpu = wishes.cpu.empty() ? std::string(arch.cpu) : wishes.cpu;
  machine.memory = image.memory != 0 ? image.memory : kMemory;
  if (wishes.memory != 0) machine.memory = wishes.memory;
  machine.smp = wishes.smp;
  machine.vga = arch.pc;
  scenario.clock = ClockKind::host;
  scenario.boots = 1;
  ImageSpec& spec = scenario.image;
  image_key(image.kind).place(spec, file);
  spec.append = image.append;
  spec.initrd = wishes.initrd;
  for (const std::string& disk : wishes.disks) {
    if (spec.disk.empty()) {
      spec.disk = disk;
    } else {
      spec.further_disks.push_back(disk);
    }
  }
  return scenario;
}

End end_of(const BootRecord& boot) {
  const Trace& trace = boot.trace;
  if (boot.events.crash || !boot.events.panics.empty()) return End::crashed;
  if (trace.shutdown_reason == "guest-reset") return End::reset;
  return trace.stop == StopReason::none ? End::by_itself : End::never;
}

bool ended_alike(const BootRecord& one, const BootRecord& other) {
  return end_of(one) == End::by_itself && end_of(other) == End::by_itself &&
         one.trace.exit_status == other.trace.exit_status &&
         one.trace.shutdown_reason == other.trace.shutdown_reason &&
         one.ending.kind == other.ending.kind;
}

std::string reason_for_more_memory(const BootRecord& boot) {
  if (!boot.trace.started) return "";
  if (boot.trace.serial.empty()) return "it said nothing";
  const End end = end_of(boot);
  if (end == End::reset) return "it reset the machine";
  const std::vector<Trouble> troubles = troubles_in(boot.trace.serial);
  if (!boot.events.begin && tells_of_death(troubles)) {
    return fmt::format("it said \"{}\"", printable(troubles.front().line));
  }
  return end == End::crashed ? "it crashed" : "";
}

std::uint64_t more_memory(std::uint64_t memory) {
  constexpr std::uint64_t kLeast = 512 << 20, kFactor = 4;
  return std::max(kLeast, kFactor * memory);
}

}  // namespace harness::onboarding
