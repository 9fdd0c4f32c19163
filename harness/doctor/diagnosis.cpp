#include "doctor/diagnosis.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/packages.h"
#include "base/time.h"
#include "stats/stats.h"

namespace harness::doctor {
namespace {

std::string command_for(std::string_view what) {
  const std::string package = package_of(what);
  return package.empty() ? "" : "apt-get install " + package;
}

double median_ms(const Probe& probe) {
  std::vector<double> walls;
  walls.reserve(probe.walls.size());
  for (const auto wall : probe.walls) walls.push_back(in_milliseconds(wall));
  return walls.empty() ? 0 : stats::median(walls);
}

const Probe* find(const std::vector<Probe>& probes, const std::string& arch,
                  const std::string& accel, ClockKind clock) {
  const auto at = std::ranges::find_if(probes, [&](const Probe& one) {
    return one.arch == arch && one.accel == accel && one.clock == clock;
  });
  return at == probes.end() ? nullptr : &*at;
}

Remark remark_on_tcg(const Probe& probe) {
  const std::string about = "qemu-system-" + probe.arch + ", tcg";
  if (!probe.works) {
    return {Level::bad, about, probe.why,
            probe.qemu_version.empty() ? command_for("qemu-system-" + probe.arch) : ""};
  }
  return {Level::good, about,
          fmt::format("version {}, boots in {:.0f} ms", probe.qemu_version, median_ms(probe)), ""};
}

Remark remark_on_counted(const Probe& probe) {
  const std::string about = "qemu-system-" + probe.arch + ", counted clock";
  if (!probe.works) return {Level::bad, about, probe.why, ""};
  if (!probe.identical) {
    return {Level::bad, about,
            "boots differ: instructions are not counted exactly, and no gate can be trusted", ""};
  }
  return {Level::good, about, fmt::format("exact: {} boots printed the same", probe.walls.size()),
          ""};
}

Remark remark_on_kvm(const Probe& kvm, const Probe* tcg) {
  const std::string about = "qemu-system-" + kvm.arch + ", kvm";
  if (!kvm.works) return {Level::note, about, "does not work: " + kvm.why, ""};
  const double own = median_ms(kvm);
  if (tcg != nullptr && tcg->works && own > median_ms(*tcg)) {
    return {Level::note, about,
            fmt::format("opens, but is {:.1f} times slower than tcg: {:.0f} against {:.0f} ms",
                        own / median_ms(*tcg), own, median_ms(*tcg)),
            ""};
  }
  return {Level::good, about, fmt::format("boots in {:.0f} ms", own), ""};
}

Remark remark_on_emulator(const Emulator& emulator) {
  const std::string about = "qemu-system-" + emulator.arch;
  if (!emulator.why.empty()) return {Level::bad, about, "does not start: " + emulator.why, ""};
  return {Level::good, about, fmt::format("version {}, starts", emulator.version), ""};
}

Remark remark_on_plugin(const PluginProbe& plugin) {
  if (plugin.why.empty()) return {Level::good, "profiler", "QEMU counts with " + plugin.file, ""};
  return {Level::bad, "profiler", "`profile` and `hotpaths` cannot work: " + plugin.why, ""};
}

}  // namespace

const char* level_name(Level level) {
  switch (level) {
    case Level::good:
      return "ok";
    case Level::note:
      return "note";
    case Level::bad:
      break;
  }
  return "BAD";
}

bool Diagnosis::healthy() const {
  return std::ranges::none_of(remarks, [](const Remark& one) { return one.level == Level::bad; });
}

ChosenAccel fastest_accel(const std::vector<Probe>& probes, const std::string& arch) {
  const Probe* tcg = find(probes, arch, "tcg", ClockKind::host);
  const Probe* kvm = find(probes, arch, "kvm", ClockKind::host);
  const bool tcg_works = tcg != nullptr && tcg->works;
  if (kvm == nullptr || !kvm->works) {
    const std::string why = kvm == nullptr ? "was not tried" : "does not work: " + kvm->why;
    return {tcg_works ? "tcg" : "", "kvm " + why};
  }
  if (!tcg_works) return {"kvm", "tcg does not work"};
  const double ratio = median_ms(*kvm) / median_ms(*tcg);
  if (ratio < 1)
    return {"kvm", fmt::format("a boot takes {:.2f} times what it takes with tcg", ratio)};
  return {"tcg", fmt::format("a boot with kvm takes {:.1f} times as long", ratio)};
}

std::optional<ChosenAccel> accel_without_probe(const std::string& arch, const std::string& host) {
  const bool pc_host = host == "x86_64" || (host.size() == 4 && host[0] == 'i' && host[2] == '8');
  if (architecture(arch).pc && pc_host) return std::nullopt;
  // A processor of 64 bits runs guests of 32 bits too, where it can at all.
  const bool same =
      arch == host || (arch == "arm" && (host == "aarch64" || host.starts_with("arm")));
  if (same) return ChosenAccel{"tcg", "kvm was not tried: the probe guest is one for PCs"};
  return ChosenAccel{"tcg", fmt::format("kvm cannot run {} on a host of {}", arch, host)};
}

Diagnosis diagnose(const Facts& facts) {
  Diagnosis diagnosis;
  for (const Probe& probe : facts.probes) {
    if (probe.accel == "kvm") {
      diagnosis.remarks.push_back(
          remark_on_kvm(probe, find(facts.probes, probe.arch, "tcg", ClockKind::host)));
    } else if (probe.clock == ClockKind::counted) {
      diagnosis.remarks.push_back(remark_on_counted(probe));
    } else {
      diagnosis.remarks.push_back(remark_on_tcg(probe));
    }
  }
  for (const Emulator& one : facts.emulators) {
    diagnosis.remarks.push_back(remark_on_emulator(one));
  }
  if (facts.plugin) diagnosis.remarks.push_back(remark_on_plugin(*facts.plugin));
  for (const std::string& file : facts.missing_firmware) {
    diagnosis.remarks.push_back(
        {Level::bad, "firmware " + file, "QEMU does not find it", command_for(file)});
  }
  for (const auto& [name, path] : facts.programs) {
    diagnosis.remarks.push_back({Level::good, name, path, ""});
  }
  for (const std::string& program : facts.missing_programs) {
    diagnosis.remarks.push_back({Level::bad, program, "not in PATH", command_for(program)});
  }
  diagnosis.auto_accel = fastest_accel(facts.probes, "i386").accel;
  return diagnosis;
}

std::string render_text(const Diagnosis& diagnosis) {
  std::size_t width = 0;
  for (const Remark& one : diagnosis.remarks) width = std::max(width, one.about.size());
  std::string text;
  for (const Remark& one : diagnosis.remarks) {
    text += fmt::format("{:<4}  {:<{}}  {}\n", level_name(one.level), one.about, width, one.text);
    if (!one.remedy.empty()) text += fmt::format("      {:<{}}  run: {}\n", "", width, one.remedy);
  }
  text += diagnosis.healthy() ? "everything needed works\n" : "something needed does not work\n";
  if (!diagnosis.auto_accel.empty()) {
    text += "the fastest accelerator here: " + diagnosis.auto_accel + "\n";
  }
  return text;
}

}  // namespace harness::doctor
