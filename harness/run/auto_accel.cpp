#include "run/auto_accel.h"

#include <sys/utsname.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "doctor/accel_cache.h"
#include "doctor/probe.h"
#include "machine/machine.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

fs::path cache_file() {
  const char* folder = std::getenv("UNIHARNESS_CACHE");
  return (folder && *folder ? fs::path(folder) : fs::path("reports") / ".cache") /
         "accelerators.json";
}

doctor::ChosenAccel probed(const std::string& arch, Progress& progress) {
  progress.now("accel: auto: trying what works for qemu-system-" + arch);
  const doctor::ProbeGuest guest;
  QemuMachine machine;
  return doctor::fastest_accel(doctor::probe_arch(machine, guest.file(), arch), arch);
}

}  // namespace

void choose_accel(Scenario& scenario, Progress& progress) {
  std::string& accel = scenario.machine.accel;
  if (accel != "auto") return;
  if (scenario.clock == ClockKind::counted) {
    accel = "tcg";
    return;
  }
  utsname host{};
  uname(&host);
  auto chosen = doctor::accel_without_probe(scenario.machine.arch, host.machine);
  const std::string key = doctor::accel_key(scenario.machine.arch);
  if (!chosen) chosen = doctor::cached_accel(cache_file(), key);
  if (!chosen) {
    chosen = probed(scenario.machine.arch, progress);
    if (chosen->accel.empty()) {
      throw Error("accel: auto: no accelerator works for qemu-system-" + scenario.machine.arch +
                      ": " + chosen->why,
                  "`uniharness doctor` says why");
    }
    doctor::cache_accel(cache_file(), key, *chosen);
  }
  accel = chosen->accel;
  progress.done("accel: auto: " + accel + " (" + chosen->why + ")");
}

}  // namespace harness
