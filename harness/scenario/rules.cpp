#include "scenario/rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <vector>

#include <wire/protocol.h>

#include "base/text.h"
#include "check/pattern.h"
#include "check/table.h"
#include "formats/formats.h"

namespace harness {
namespace {

/// The place of a value that the file gives, or the whole file.
Place place_of(std::string_view key, const Scenario& scenario, const GivenPlaces& given) {
  const auto at = given.find(key);
  return at == given.end() ? Place{scenario.file, 0, 0} : at->second;
}

void check_exits(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  for (std::size_t i = 0; i < scenario.exits.size(); ++i) {
    const ExitRule& rule = scenario.exits[i];
    const auto before = scenario.exits.begin() + static_cast<std::ptrdiff_t>(i);
    const auto same = std::find_if(scenario.exits.begin(), before, [&](const ExitRule& other) {
      return other.status == rule.status;
    });
    if (same == before) continue;
    const char* name = kExitMeaningNames[static_cast<std::size_t>(rule.meaning)];
    faults.add(
        place_of(fmt::format("exit.{}", name), scenario, given),
        fmt::format("status {} stands twice in the exit table, for {} and for {}", rule.status,
                    kExitMeaningNames[static_cast<std::size_t>(same->meaning)], name),
        "a status has one meaning: keep one of the two");
  }
}

/// A reset is a good ending only where the results prove that all is done.
void check_reboot(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  if (!scenario.reboot || !scenario.formats.empty() || !scenario.tests.empty()) return;
  faults.add(place_of("exit.reboot", scenario, given),
             "exit: reboot is given, and nothing tells a reboot from a triple fault",
             "add `formats` or `tests`: the results prove that the guest was done");
}

/// Results whose format has no closing line need an ending that can be told.
void check_formats(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  for (const std::string& name : scenario.formats) {
    const Format* format = find_format(name);
    if (!format || format->closes || !scenario.exits.empty() || !scenario.steps.empty()) continue;
    faults.add(
        place_of(".formats", scenario, given),
        fmt::format("formats: {} has no closing line, so a guest that died between two tests "
                    "would pass",
                    name),
        "say how it ends well: exit: {pass: 0}, or steps that end with stop: true");
  }
}

constexpr auto kTestGroups =
    std::to_array<std::string_view>({"name", "status", "note", "total", "pass", "fail", "skip",
                                     "ends_group", "groups", "groups_passed", "groups_failed"});

/// The first named group of a pattern that none of `tests` has; "" where there is none.
std::string unread_group(const std::vector<std::string>& groups) {
  const auto at = std::ranges::find_if(groups, [](const std::string& name) {
    return !name.empty() && std::ranges::find(kTestGroups, name) == kTestGroups.end();
  });
  return at == groups.end() ? "" : *at;
}

/// The patterns of `tests`, and what they must tell together.
void check_tests(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  const TestPatterns& tests = scenario.tests;
  if (tests.empty()) return;
  const auto at = [&](const char* key) {
    return place_of(fmt::format("tests.{}", key), scenario, given);
  };
  const auto demand = [&](const char* key, const std::vector<std::string>& patterns,
                          std::initializer_list<std::string_view> one_of, bool needed) {
    for (const std::string& pattern : patterns) {
      if (const auto fault = pattern_fault(pattern)) {
        faults.add(at(key), fmt::format("tests.{}: '{}': {}", key, pattern, *fault),
                   "see https://github.com/google/re2/wiki/Syntax");
        continue;
      }
      const std::vector<std::string> groups = pattern_groups(pattern);
      const bool has = std::ranges::any_of(one_of, [&](std::string_view name) {
        return std::ranges::find(groups, name) != groups.end();
      });
      if (needed && !has) {
        faults.add(at(key),
                   fmt::format("tests.{}: the pattern has no group '{}'", key, *one_of.begin()),
                   fmt::format("write (?P<{}>...) around it", *one_of.begin()));
      } else if (const std::string other = unread_group(groups); !has && !other.empty()) {
        const std::string meant = nearest(other, kTestGroups);
        faults.add(at(key), fmt::format("tests.{}: nothing reads a group '{}'", key, other),
                   meant.empty() ? "write (...) or (?:...), or one of the names of the reference"
                                 : fmt::format("did you mean (?P<{}>...)?", meant));
      }
    }
  };
  demand("group", tests.group, {"name"}, true);
  demand("start", tests.start, {"name"}, true);
  demand("result", tests.result, {"status"}, true);
  for (const auto& [key, patterns] :
       {std::pair{"pass", &tests.pass}, std::pair{"fail", &tests.fail},
        std::pair{"skip", &tests.skip}}) {
    demand(key, *patterns, {"name"}, false);
  }
  demand("plan", tests.plan, {"total"}, true);
  demand("summary", tests.summary, {"total", "pass", "fail", "skip", "status"}, true);
  demand("end", tests.end, {}, false);
  if (tests.plan.empty() && tests.summary.empty() && tests.end.empty()) {
    faults.add(at(tests.result.empty() ? "pass" : "result"),
               "tests: nothing tells whether results are missing",
               "add the pattern of a `plan`, of a `summary`, or of the closing line as `end`");
  }
}

/// Words of `args` that would cut the harness off from QEMU, or change what the record says.
void check_args(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  struct Refused {
    std::string_view word, instead;
  };
  static constexpr Refused kRefused[] = {
      {"-sandbox", "write machine: {sandbox: false}"},
      {"-icount", "write clock: counted at the top level"},
      {"-serial", "the serial port is the harness's; add another one with devices"},
      {"-S", "uniharness boot --gdb starts a stopped machine"},
      {"-daemonize", "the harness waits for QEMU itself"},
      {"-no-shutdown", "the end of QEMU is the end of the boot"},
  };
  for (const std::string& word : scenario.machine.args) {
    std::string_view option = word;
    if (option.starts_with("--")) option.remove_prefix(1);  // QEMU takes both
    const auto at = std::ranges::find(kRefused, option, &Refused::word);
    if (at == std::end(kRefused)) continue;
    faults.add(place_of("machine.args", scenario, given),
               fmt::format("args: {} cannot be given here", word), std::string(at->instead));
  }
}

/// Disks that the machine has no place for.
void check_disks(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  const MachineSpec& machine = scenario.machine;
  const bool has_ide = architecture(machine.arch).pc && !machine.model.starts_with("microvm");
  if (machine.disk_interface == DiskInterface::ide && !has_ide) {
    faults.add(
        place_of("machine.disk_interface", scenario, given),
        fmt::format("disk_interface: a machine {} of {} has no IDE", machine.model, machine.arch),
        "write disk_interface: virtio, or leave it out");
  }
  const std::size_t count = (scenario.image.disk.empty() ? 0 : 1) +
                            scenario.image.further_disks.size() +
                            (scenario.image.cdrom.empty() ? 0 : 1);
  if (count <= kMaxDisks) return;
  faults.add(place_of("image.disk", scenario, given),
             fmt::format("{} disks and CDs, and a machine gets at most {}", count, kMaxDisks),
             "put their files on fewer disks");
}

/// Power cuts of a boot that there is, on a disk, with promises that can be read.
void check_power_cuts(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  if (!scenario.power_cuts) return;
  const PowerCutSpec& cuts = *scenario.power_cuts;
  if (scenario.image.disk.empty()) {
    faults.add(cuts.at, "power_cuts: the image has no disk whose writes could be cut",
               "add image: {disk: FILE}");
  }
  for (const std::uint64_t boot : cuts.boots) {
    if (boot <= scenario.boots) continue;
    faults.add(place_of("power_cuts.boots", scenario, given),
               fmt::format("power_cuts: there is no boot {}, only {}", boot, scenario.boots),
               "add boots at the top level, or choose an earlier one");
  }
  if (cuts.atomic && !std::has_single_bit(*cuts.atomic)) {
    faults.add(place_of("power_cuts.atomic", scenario, given),
               fmt::format("power_cuts: a disk writes no pieces of {} bytes", *cuts.atomic),
               "a power of two, such as 4K");
  }
  for (const auto& [key, pattern] : {std::pair{"said", &cuts.said}, {"found", &cuts.found}}) {
    if (pattern->empty()) continue;
    const std::vector<std::string> groups = pattern_groups(*pattern);
    if (std::ranges::find(groups, "value") != groups.end()) continue;
    faults.add(place_of(fmt::format("power_cuts.{}", key), scenario, given),
               fmt::format("power_cuts: the pattern of {} has no group 'value'", key),
               R"(write it as in 'committed (?P<value>\d+)')");
  }
}

}  // namespace

void check_rules(const Scenario& scenario, const GivenPlaces& given, Faults& faults) {
  if (scenario.machine.accel == "kvm" && scenario.clock == ClockKind::counted) {
    faults.add(place_of("machine.accel", scenario, given),
               "accel: kvm cannot count instructions, and the clock is counted",
               "write clock: host at the top level, or accel: tcg");
  }
  if (scenario.machine.vga && !architecture(scenario.machine.arch).pc) {
    faults.add(place_of("machine.vga", scenario, given),
               "vga: the text screen of a PC is read, and " + scenario.machine.arch + " has none",
               "leave it out; a display of its own is one of devices");
  }
  for (const FwCfgEntry& entry : scenario.machine.fw_cfg) {
    if (entry.name != wire::kHoldFile) continue;
    faults.add(place_of("machine.fw_cfg", scenario, given),
               fmt::format("fw_cfg: {} is the harness's own", entry.name), "give it another name");
  }
  if (!scenario.steps.empty() && !scenario.machine.serial) {
    faults.add(place_of("machine.serial", scenario, given),
               "steps talk to the serial port, and this machine has none",
               "write machine: {serial: true}, or remove the steps");
  }
  check_disks(scenario, given, faults);
  check_exits(scenario, given, faults);
  check_reboot(scenario, given, faults);
  check_formats(scenario, given, faults);
  check_tests(scenario, given, faults);
  check_args(scenario, given, faults);
  check_power_cuts(scenario, given, faults);
  std::vector<CheckSpec> checks = scenario.checks;
  if (scenario.power_cuts) {
    checks.insert(checks.end(), scenario.power_cuts->checks.begin(),
                  scenario.power_cuts->checks.end());
  }
  for (const CheckSpec& check : checks) {
    const CheckKind* kind = find_check(check.kind);
    if (!kind || !kind->needs_vga || scenario.machine.vga) continue;
    faults.add(check.at,
               fmt::format("check '{}' needs a VGA adapter, and this machine has none", kind->name),
               "write machine: {vga: true}, or remove the check");
  }
}

}  // namespace harness
