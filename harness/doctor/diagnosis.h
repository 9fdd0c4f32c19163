// From what was probed to what is reported. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "doctor/probe.h"

namespace harness::doctor {

enum class Level {
  good,
  note,  // works without it; said all the same
  bad,   // something needed does not work
};
/// "ok", "note", "BAD".
const char* level_name(Level level);

struct Remark {
  Level level = Level::good;
  std::string about;  // "qemu-system-i386", "kvm", "firmware qboot.rom"
  std::string text;
  std::string remedy;  // a command, or empty
};

/// A QEMU for machines that the probe guest is not made for: started, and no guest booted.
struct Emulator {
  std::string arch;
  std::string version;  // "7.2.22", or empty where it does not start
  std::string why;      // it does not, empty otherwise
};

struct FoundProgram {
  std::string name, path;
};

/// Whether QEMU runs a guest with the profiler's plugin.
struct PluginProbe {
  std::string file;  // or empty where there is none
  std::string why;   // `profile` cannot work; empty where it can
};

/// What doctor looked at.
struct Facts {
  std::vector<Probe> probes;
  std::vector<Emulator> emulators = {};       // those that are installed
  std::vector<FoundProgram> programs = {};    // needed to build guests, and found
  std::vector<std::string> missing_programs;  // needed, not in PATH
  std::optional<PluginProbe> plugin = {};     // unset: it was not tried
  std::vector<std::string> missing_firmware;  // files that QEMU should bring
};

struct Diagnosis {
  std::vector<Remark> remarks;
  std::string auto_accel;  // the fastest accelerator that works for i386, or empty
  [[nodiscard]] bool healthy() const;
};

/// The fastest accelerator that works for `arch`, and why the other was not taken.
struct ChosenAccel {
  std::string accel;  // empty: none works
  std::string why;
};
ChosenAccel fastest_accel(const std::vector<Probe>& probes, const std::string& arch);

/// The accelerator where no probe boot is needed, or none can be made: kvm runs guests of the
/// host's own architecture alone, and the probe guest is one for PCs. `host` is the machine name of
/// uname(2). nullopt where a probe must tell.
std::optional<ChosenAccel> accel_without_probe(const std::string& arch, const std::string& host);

/// tcg must work, and its counted clock be exact; so must the profiler and whatever else is needed.
/// kvm is a note where it does not work, or where it is slower than tcg.
Diagnosis diagnose(const Facts& facts);

std::string render_text(const Diagnosis& diagnosis);
/// Facts and diagnosis.
std::string render_json(const Facts& facts, const Diagnosis& diagnosis);

}  // namespace harness::doctor
