// A scenario: what to build, how to boot it, and what must be true of what it says. Plain data,
// already validated; scenario/load.h makes it from YAML.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.h"

namespace harness {

/// An inclusive range of whole numbers, "50..500" in a scenario; an open end is 0 or UINT64_MAX.
struct Range {
  std::uint64_t low = 0;
  std::uint64_t high = UINT64_MAX;
  [[nodiscard]] bool contains(std::uint64_t x) const { return low <= x && x <= high; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// The value of one parameter of a check, typed by its ParamSpec (check/check.h).
using ParamValue =
    std::variant<bool, std::uint64_t, double, Range, std::string, std::vector<std::string>>;

/// One entry of `checks:`. `kind` names a row of the check table.
struct CheckSpec {
  std::string kind;
  std::map<std::string, ParamValue> params;
  Place at;
};

/// Which clock the guest's cycle counter shows. Never mixed, never compared with each other.
enum class ClockKind {
  counted,  // -icount: one tick is one guest instruction, exact and repeatable
  host,     // host time: real, noisy
};
/// The unit of what RDTSC measures under a clock: "instructions" or "cycles".
constexpr const char* unit_of(ClockKind clock) {
  return clock == ClockKind::counted ? "instructions" : "cycles";
}

/// What to build and boot. With `target`, the files are names in the build tree's images/ folder;
/// without, paths relative to the scenario file. Exactly one of disk, kernel, cdrom is set.
struct ImageSpec {
  std::string target;              // CMake target, or empty
  std::vector<std::string> build;  // command as an argument vector, run in the scenario's folder
  std::string disk;                // raw disk image, booted through the firmware
  std::string kernel;              // ELF started directly (-kernel)
  std::string cdrom;
  std::string firmware;  // -bios: a path, or a name that QEMU knows (qboot.rom)
  Place at;
};

struct MachineSpec {
  std::string arch = "i386";        // i386 or x86_64
  std::string model = "pc";         // QEMU machine with its options: pc, q35, microvm,acpi=off
  std::uint64_t memory = 32 << 20;  // bytes
  std::string accel = "tcg";        // tcg or kvm
  std::string cpu;                  // -cpu, or empty for the machine's default
  std::uint64_t smp = 1;
  bool vga = true;      // a VGA adapter; default false on microvm
  bool serial = true;   // false: no UART at all
  bool sandbox = true;  // QEMU forbids itself the system calls that it does not need
};

/// All limits of one boot, with their defaults. wall and idle count only while QEMU could run: what
/// it waited for a processor is added (machine/limit_watch.h).
struct Limits {
  std::chrono::milliseconds wall{10'000};        // from start of QEMU to its end
  std::chrono::milliseconds idle{3'000};         // longest silence on the serial port
  std::optional<std::chrono::milliseconds> cpu;  // processor time of QEMU, user and system
  std::uint64_t serial = 4 << 20;                // bytes of serial output
};

struct Scenario {
  std::string name;
  std::string about;
  std::string file;  // path as given by the user
  ImageSpec image;
  MachineSpec machine;
  ClockKind clock = ClockKind::counted;
  std::uint64_t boots = 2;
  Limits limits;
  std::vector<CheckSpec> checks;
};

}  // namespace harness
