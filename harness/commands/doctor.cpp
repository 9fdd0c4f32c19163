#include "commands/doctor.h"

#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "doctor/diagnosis.h"
#include "model/scenario.h"
#include "output/finish.h"
#include "process/child_process.h"
#include "process/command.h"
#include "run/profiled_boot.h"
#include "run/progress.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

std::vector<doctor::Probe> probe_all(Progress& progress) {
  const doctor::ProbeGuest guest;
  QemuMachine machine;
  std::vector<doctor::Probe> probes;
  for (const char* arch : {"i386", "x86_64"}) {
    progress.now(std::string("qemu-system-") + arch);
    for (doctor::Probe& one : doctor::probe_arch(machine, guest.file(), arch)) {
      probes.push_back(std::move(one));
    }
  }
  return probes;
}

/// Those that no probe guest is made for, where they are installed.
std::vector<doctor::Emulator> other_emulators(Progress& progress) {
  std::vector<doctor::Emulator> emulators;
  for (const Architecture& arch : kArchitectures) {
    const std::string program = "qemu-system-" + std::string(arch.name);
    if (arch.pc || !find_program(program)) continue;
    progress.now(program);
    const CommandResult result = run_command({program, "--version"}, "/");
    const std::string line =
        printable(result.output_tail.substr(0, result.output_tail.find_first_of("\n(")));
    constexpr std::string_view kBefore = "QEMU emulator version ";
    doctor::Emulator emulator{std::string(arch.name), {}, {}};
    if (result.exit_status == 0 && line.starts_with(kBefore)) {
      emulator.version = trimmed(std::string_view(line).substr(kBefore.size()));
    } else {
      emulator.why = result.ending() + (line.empty() ? "" : ": " + line);
    }
    emulators.push_back(std::move(emulator));
  }
  return emulators;
}

/// Whether `profile` can work. Not where QEMU itself does not.
std::optional<doctor::PluginProbe> probe_plugin(const std::vector<doctor::Probe>& probes,
                                                Progress& progress) {
  const bool boots = std::ranges::any_of(probes, [](const doctor::Probe& one) {
    return one.accel == "tcg" && one.clock == ClockKind::counted && one.works;
  });
  if (!boots) return std::nullopt;
  progress.now("the profiler's plugin");
  doctor::PluginProbe probe;
  try {
    const doctor::ProbeGuest guest;
    const profile::LoadedPlugin loaded = profile::try_plugins(guest.file());
    probe.file = printable(loaded.file.string());
    probe.why = printable(loaded.why);
  } catch (const Error& error) {
    if (error.status == ExitStatus::interrupted) throw;
    probe.why = printable(error.what());
  }
  return probe;
}

/// Where Debian and QEMU's own build put firmware.
bool firmware_is_there(const std::string& name) {
  for (const char* folder : {"/usr/share/qemu", "/usr/local/share/qemu", "/usr/share/seabios"}) {
    std::error_code error;
    if (fs::exists(fs::path(folder) / name, error)) return true;
  }
  return false;
}

}  // namespace

ExitStatus run_doctor(const DoctorOptions& options) {
  Progress progress(progress_style(options.json));
  doctor::Facts facts;
  facts.probes = probe_all(progress);
  facts.emulators = other_emulators(progress);
  facts.plugin = probe_plugin(facts.probes, progress);
  for (const char* program : {"cmake", "ninja", "nasm", "clang-19", "ld.lld-19", "git"}) {
    if (const auto path = find_program(program)) {
      facts.programs.push_back({program, printable(*path)});
    } else {
      facts.missing_programs.emplace_back(program);
    }
  }
  for (const char* firmware : {"bios-256k.bin", "bios-microvm.bin", "qboot.rom"}) {
    if (!firmware_is_there(firmware)) facts.missing_firmware.emplace_back(firmware);
  }
  progress.clear();
  const doctor::Diagnosis diagnosis = doctor::diagnose(facts);
  if (options.json) {
    print_text(render_json(facts, diagnosis));
  } else {
    print_folded(render_text(diagnosis));
  }
  return diagnosis.healthy() ? ExitStatus::pass : ExitStatus::harness_error;
}

}  // namespace harness
