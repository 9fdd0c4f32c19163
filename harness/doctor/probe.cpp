#include "doctor/probe.h"

#include <wire/protocol.h>

#include <algorithm>
#include <cstdint>
#include <fstream>

#include "base/error.h"
#include "base/text.h"

namespace harness::doctor {
namespace {

constexpr std::uint32_t kLoadAddress = 0x100000, kHeaderSize = 32;
constexpr std::string_view kGreeting = "probe ";
constexpr std::size_t kLineSize = kGreeting.size() + 8;

// Machine code; the comments are its assembly. Addresses are relative, but for the greeting's.
// clang-format off
constexpr unsigned char kCode[] = {
    0x66, 0xBA, 0xF8, 0x03,        //         mov dx, 0x3f8       ; COM1
    0xBE, 0x60, 0x00, 0x10, 0x00,  //         mov esi, greeting
    0xAC,                          // next:   lodsb
    0x84, 0xC0,                    //         test al, al
    0x74, 0x03,                    //         jz count
    0xEE,                          //         out dx, al
    0xEB, 0xF8,                    //         jmp next
    0xB9, 0x40, 0x42, 0x0F, 0x00,  // count:  mov ecx, 1000000
    0xE2, 0xFE,                    //         loop $
    0x0F, 0x31,                    //         rdtsc
    0x66, 0xBA, 0xF8, 0x03,        //         mov dx, 0x3f8       ; rdtsc wrote edx
    0xB9, 0x08, 0x00, 0x00, 0x00,  //         mov ecx, 8
    0xC1, 0xC0, 0x04,              // digit:  rol eax, 4
    0x89, 0xC3,                    //         mov ebx, eax
    0x24, 0x0F,                    //         and al, 15
    0x04, 0x41,                    //         add al, 'A'
    0xEE,                          //         out dx, al
    0x89, 0xD8,                    //         mov eax, ebx
    0xE2, 0xF2,                    //         loop digit
    0xB0, static_cast<unsigned char>(wire::Exit::pass),  // mov al, pass
    0xE6, 0xF4,                    //         out 0xf4, al        ; debug exit
    0xEB, 0xFE,                    //         jmp $
};
// clang-format on
constexpr std::size_t kGreetingAt = 0x60;  // in the file; kCode has its address
static_assert(kHeaderSize + sizeof kCode <= kGreetingAt);

void put_word(std::string& to, std::uint32_t word) {
  for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>(word >> shift & 0xff);
}

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

}  // namespace

std::string probe_guest() {
  // Multiboot 1 with the address fields, which lets QEMU's -kernel load a flat file.
  constexpr std::uint32_t kMagic = 0x1BADB002, kHasAddresses = 1u << 16;
  std::string guest;
  for (const std::uint32_t word : {kMagic, kHasAddresses, 0 - (kMagic + kHasAddresses),
                                   kLoadAddress,  // header_addr
                                   kLoadAddress,  // load_addr
                                   0u,            // load_end_addr: the whole file
                                   0u,            // bss_end_addr: no bss
                                   kLoadAddress + kHeaderSize}) {
    put_word(guest, word);
  }
  guest.append(reinterpret_cast<const char*>(kCode), sizeof kCode);
  guest.resize(kGreetingAt, '\0');
  return guest.append(kGreeting).append(1, '\0');
}

Probe probe(Machine& machine, const std::filesystem::path& guest, const std::string& arch,
            const std::string& accel, ClockKind clock, std::size_t boots,
            std::chrono::nanoseconds slow) {
  Job job;
  job.machine.arch = arch;
  job.machine.accel = accel;
  job.machine.vga = false;
  job.clock = clock;
  job.kernel = guest;
  Probe result{arch, accel, clock, true, {}, {}, {}, true};
  std::string first;
  const auto is_slow = [&] { return !result.walls.empty() && result.walls.back() > slow; };
  for (std::size_t i = 0; i < boots && result.works && !is_slow(); ++i) {
    try {
      const Trace trace =
          machine.run(job, [](std::string_view, std::chrono::nanoseconds) { return true; });
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
