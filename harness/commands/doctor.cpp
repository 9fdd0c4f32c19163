#include "commands/doctor.h"

#include <chrono>
#include <cstdio>

#include "doctor/diagnosis.h"
#include "output/finish.h"
#include "process/child_process.h"
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
  for (const char* program : {"cmake", "ninja", "nasm", "clang-19", "ld.lld-19", "git"}) {
    if (!find_program(program)) facts.missing_programs.emplace_back(program);
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
