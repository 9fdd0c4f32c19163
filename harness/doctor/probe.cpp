#include "doctor/probe.h"

#include <wire/protocol.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace harness::doctor {

extern const std::string_view kProbeGuest;  // probe.asm, assembled

namespace {

constexpr std::string_view kGreeting = "probe ";
constexpr std::size_t kLineSize = kGreeting.size() + 8;

/// Why this boot is not what the guest does, or "".
std::string fault_of(const Trace& trace) {
  const std::string complaint =
      printable(trace.stderr_text.substr(0, trace.stderr_text.find('\n')));
  if (!trace.started) return complaint.empty() ? "QEMU does not start" : complaint;
  if (trace.stop != StopReason::none) {
    return std::string("the guest came to no end (") +
           kStopReasonNames[static_cast<std::size_t>(trace.stop)] + "), which takes milliseconds";
  }
  if (trace.exit_signal) {
    return "QEMU died by signal " + std::to_string(*trace.exit_signal) +
           (complaint.empty() ? "" : ": " + complaint);
  }
  if (trace.exit_status != wire::process_status(wire::Exit::pass)) {
    return "the guest did not come to its end" + (complaint.empty() ? "" : ": " + complaint);
  }
  if (!trace.serial.starts_with(kGreeting) || trace.serial.size() != kLineSize) {
    return "the guest's line is damaged: " + printable(trace.serial.substr(0, 80));
  }
  return {};
}

Job job_of(const std::filesystem::path& guest, const std::string& arch, const std::string& accel,
           ClockKind clock) {
  Job job;
  job.machine.arch = arch;
  job.machine.accel = accel;
  job.machine.vga = false;
  job.clock = clock;
  job.kernel = guest;
  return job;
}

bool go_on(std::string_view, std::chrono::nanoseconds) { return true; }

}  // namespace

std::string_view probe_guest() { return kProbeGuest; }

Probe probe(Machine& machine, const std::filesystem::path& guest, const std::string& arch,
            const std::string& accel, ClockKind clock, std::size_t boots,
            std::chrono::nanoseconds slow) {
  const Job job = job_of(guest, arch, accel, clock);
  Probe result{arch, accel, clock, true, {}, {}, {}, true};
  std::string first;
  const auto is_slow = [&] { return !result.walls.empty() && result.walls.back() > slow; };
  for (std::size_t i = 0; i < boots && result.works && !is_slow(); ++i) {
    try {
      const Trace trace = machine.run(job, go_on);
      if (trace.stop == StopReason::interrupted)
        throw Error("interrupted", "", ExitStatus::interrupted);
      if (i == 0) first = trace.serial;
      result.qemu_version = trace.qemu_version;
      result.why = fault_of(trace);
      result.walls.push_back(trace.wall);
      result.identical &= trace.serial == first;
    } catch (const Error& error) {
      if (error.status == ExitStatus::interrupted) throw;
      result.why = error.what();
    }
    result.works = result.why.empty();
  }
  result.identical &= result.works;
  return result;
}

std::string cpu_fault(Machine& machine, const std::filesystem::path& guest, const std::string& arch,
                      const std::string& cpu) {
  Job job = job_of(guest, arch, "tcg", ClockKind::host);
  job.machine.cpu = cpu;
  const Trace trace = machine.run(job, go_on);
  if (trace.stop == StopReason::interrupted) {
    throw Error("interrupted", "", ExitStatus::interrupted);
  }
  const std::string fault = trace.started ? "" : fault_of(trace);
  // qom/object.c and hw/core/cpu of QEMU 7.2 to 10.0
  const bool unknown = fault.find("' not found") != std::string::npos ||
                       fault.find("unable to find CPU model") != std::string::npos;
  return unknown ? fault : "";
}

ProbeGuest::ProbeGuest() : folder_(4096) {
  std::ofstream(file(), std::ios::binary) << probe_guest();
}

std::vector<Probe> probe_arch(Machine& machine, const std::filesystem::path& guest,
                              const std::string& arch) {
  constexpr std::size_t kBoots = 5;
  // An accelerator whose boot takes this many times as long as the slowest of tcg has answered the
  // question. (A nested KVM can take 40 times as long: five boots of it are half a minute.)
  constexpr int kHopeless = 10;
  constexpr auto kNoLimit = std::chrono::nanoseconds::max();
  std::vector<Probe> probes = {
      probe(machine, guest, arch, "tcg", ClockKind::host, kBoots, kNoLimit),
      probe(machine, guest, arch, "tcg", ClockKind::counted, kBoots, kNoLimit)};
  const Probe& tcg = probes.front();
  const auto slow = tcg.works ? kHopeless * *std::ranges::max_element(tcg.walls) : kNoLimit;
  probes.push_back(probe(machine, guest, arch, "kvm", ClockKind::host, kBoots, slow));
  return probes;
}

}  // namespace harness::doctor
