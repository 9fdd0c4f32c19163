// A scenario: what to build, how to boot it, and what must be true of what it says. Plain data,
// already validated; scenario/load.h makes it from YAML.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/param.h"

namespace harness {

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
/// As scenarios and record.json name it.
constexpr const char* clock_name(ClockKind clock) {
  return clock == ClockKind::counted ? "counted" : "host";
}
/// The unit of what RDTSC measures under a clock: "instructions" or "cycles".
constexpr const char* unit_of(ClockKind clock) {
  return clock == ClockKind::counted ? "instructions" : "cycles";
}
/// The unit where a counted clock is no count of instructions.
inline constexpr char kTicks[] = "ticks";

/// What to build and boot. With `target`, the files are names in the build tree's images/ folder;
/// without, paths relative to the scenario file. A kernel or a CD is booted where it is set, else
/// the first disk; at most one of kernel and cdrom is set, and at least one of these, firmware and
/// flash.
struct ImageSpec {
  std::string target;              // CMake target, or empty
  std::vector<std::string> build;  // command as an argument vector, run in the scenario's folder
  std::string disk;                // raw disk image, the machine's first; or empty
  bool persist = false;            // what a boot writes to the first disk is there for the next one
  std::vector<std::string> further_disks;  // only where there is a first
  std::string kernel;                      // started directly (-kernel): ELF, bzImage, raw
  std::string append;                      // the kernel's command line
  std::vector<std::string> initrd;  // "FILE" or "FILE WORDS": initial ramdisk, or multiboot modules
  std::string cdrom;
  std::string firmware;            // -bios: a path, or a name that QEMU knows (qboot.rom)
  std::vector<std::string> flash;  // parallel flash: the first read-only, of the others a copy
  std::string symbols;             // ELF file with the symbols of what is booted, or empty
  Place at;
};

/// What the disks of an image are attached to.
enum class DiskInterface {
  machine,  // IDE where the machine has it, else virtio on its own bus (virtio-mmio)
  ide,
  virtio,  // virtio-blk, on PCI where the machine has it
  none,    // nothing: drives disk0, disk1, ... for the `devices` of the scenario
};
inline constexpr const char* kDiskInterfaceNames[] = {"machine", "ide", "virtio", "none"};
/// IDE has two channels with two places each; a CD takes one of them.
inline constexpr std::size_t kMaxDisks = 4;

struct MachineSpec {
  std::string arch = "i386";        // of kArchitectures
  std::string model = "pc";         // QEMU machine with its options: pc, q35, microvm,acpi=off
  std::uint64_t memory = 32 << 20;  // bytes
  std::string accel = "tcg";        // tcg or kvm
  std::string cpu;                  // -cpu, or empty for the machine's default
  std::uint64_t smp = 1;
  bool vga = true;      // a VGA adapter; default false on microvm and where there is no PC
  bool serial = true;   // false: no UART at all
  bool sandbox = true;  // QEMU forbids itself the system calls that it does not need
  std::vector<std::string> devices = {};  // -device, one each
  std::vector<FwCfgEntry> fw_cfg = {};
  std::vector<std::string> args = {};  // further words of QEMU's command line, as they are
  DiskInterface disk_interface = DiskInterface::machine;
};

/// What differs by architecture where the scenario does not say it.
struct Architecture {
  std::string_view name;   // qemu-system-NAME
  std::string_view model;  // default machine
  std::string_view cpu;    // default of -cpu; empty: the machine's own
  std::uint64_t memory;    // default, bytes
  bool pc;                 // ISA, IDE, VGA and isa-debug-exit are there
};
inline constexpr Architecture kArchitectures[] = {
    {"i386", "pc", "", 32 << 20, true},
    {"x86_64", "pc", "", 32 << 20, true},
    // virt would take a 32-bit Cortex-A15.
    {"aarch64", "virt", "cortex-a57", 128 << 20, false},
    {"arm", "virt", "", 128 << 20, false},
    {"riscv64", "virt", "", 128 << 20, false},
};
/// The row of that name; of i386 where there is none.
constexpr const Architecture& architecture(std::string_view name) {
  for (const Architecture& one : kArchitectures) {
    if (one.name == name) return one;
  }
  return kArchitectures[0];
}

/// One step of a conversation with the guest: exactly one of wait, send, send_file and stop is set.
struct Step {
  std::string wait;  // a text of the guest's, behind the one that was waited for before
  std::optional<std::chrono::milliseconds> within;  // the longest that a wait may take
  std::string send;                                 // bytes for the guest's serial port
  std::string send_file;                            // or a file that holds them
  bool stop = false;                                // the boot ends here, and ends well
  friend bool operator==(const Step&, const Step&) = default;
};

/// Which of several numbers of one name in a boot stands for it: one only may come, or the chosen.
enum class SampleRule { one, median, min, max };
inline constexpr const char* kSampleRuleNames[] = {"one", "median", "min", "max"};
/// Which way a number is better, where its unit does not say it.
enum class BetterWhen { by_unit, lower, higher };
inline constexpr const char* kBetterWhenNames[] = {"", "lower", "higher"};
/// One entry of `metrics:`: numbers in the guest's custom output.
struct MetricPattern {
  std::string pattern;    // RE2 with the group `value`; `name` and `unit` are groups or set here
  std::string name = {};  // empty: the group's
  std::string unit = {};  // of what is kept; empty: the group's
  BetterWhen better = BetterWhen::by_unit;
  std::uint64_t scale = 1;  // what is kept is the printed number times this
  SampleRule samples = SampleRule::one;
  bool rounds = false;    // `scale` was stated: digits beyond it are rounded, and that is told
  bool comma = false;     // a comma, not a point, stands before the fraction
  bool absolute = false;  // of a number below 0 its size is kept; else it is refused
  friend bool operator==(const MetricPattern&, const MetricPattern&) = default;
};

/// How a guest prints its test results in a form of its own: RE2 patterns, searched for in each
/// line of console text in its normal form. Groups: `name`, `status`, `note`, and the counts
/// `total`, `pass`, `fail`, `skip`.
struct TestPatterns {
  using List = std::vector<std::string>;
  List group = {};                       // the tests that follow belong to `name`
  List start = {};                       // the test `name` begins
  List result = {};                      // of `name`, or of the running test: `status`
  List pass = {}, fail = {}, skip = {};  // the same, for one status each
  List plan = {};                        // `total` tests are announced
  List summary = {};                     // counts at the end, of the whole or of a part; `status`
  List end = {};                         // the closing line; `status`

  [[nodiscard]] bool empty() const { return *this == TestPatterns{}; }
  friend bool operator==(const TestPatterns&, const TestPatterns&) = default;
};
/// The kinds of pattern, in the order in which a line is asked for them, and their keys.
struct TestPatternKey {
  const char* name;
  std::vector<std::string> TestPatterns::* patterns;
};
inline constexpr TestPatternKey kTestPatternKeys[] = {
    {"group", &TestPatterns::group},   {"start", &TestPatterns::start},
    {"result", &TestPatterns::result}, {"fail", &TestPatterns::fail},
    {"skip", &TestPatterns::skip},     {"pass", &TestPatterns::pass},
    {"plan", &TestPatterns::plan},     {"summary", &TestPatterns::summary},
    {"end", &TestPatterns::end}};

/// What an exit status of QEMU means, for guests that do not end as ours do.
enum class ExitMeaning { pass, fail, skip, panic };
inline constexpr const char* kExitMeaningNames[] = {"pass", "fail", "skip", "panic"};
struct ExitRule {
  std::uint64_t status = 0;
  ExitMeaning meaning = ExitMeaning::pass;
  friend bool operator==(const ExitRule&, const ExitRule&) = default;
};

/// All limits of one boot, with their defaults. wall and idle count only while QEMU could run: what
/// it waited for a processor is added (machine/limit_watch.h).
struct Limits {
  std::chrono::milliseconds wall{10'000};        // from start of QEMU to its end
  std::chrono::milliseconds idle{3'000};         // longest silence on the serial port
  std::optional<std::chrono::milliseconds> cpu;  // processor time of QEMU, user and system
  std::uint64_t serial = 4 << 20;                // bytes of serial output
};

/// `power_cuts:`: the power is cut while a boot writes to its first disk, at every place and with
/// every disk that this can leave (power_cuts/states.h), and the guest is booted on each.
struct PowerCutSpec {
  std::vector<std::uint64_t> boots = {1};  // whose writes are cut; ascending
  bool kill = false;  // QEMU is killed instead: what was written stays, in its order
  // Bytes, at multiples of them, that the disk writes as a whole; unset: a sector, perhaps by half.
  std::optional<std::uint64_t> atomic;
  std::uint64_t states = 2000;  // the most that are tried of one boot
  std::uint64_t seed = 1;       // of the choice where there are more
  // RE2 with the group `value`: numbers that the guest says before the cut, of which the highest is
  // a promise, and what it says on the disk that is left, which must be as high. Both or none.
  std::string said, found;
  std::vector<CheckSpec> checks;  // of the boot on each disk
  Place at;
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
  std::vector<ExitRule> exits;        // empty: the guest ends as ours do
  std::optional<ExitMeaning> reboot;  // what a reset means that comes when all results have come
  std::vector<std::string> formats;   // of results that it prints; names of formats/formats.h
  std::vector<Step> steps;
  std::vector<MetricPattern> metrics;
  TestPatterns tests;  // of results that it prints in a form of its own
  std::vector<CheckSpec> checks;
  std::optional<PowerCutSpec> power_cuts;
};

}  // namespace harness
