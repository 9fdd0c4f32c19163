#include "scenario/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include <wire/protocol.h>

#include "base/shell.h"
#include "base/text.h"
#include "check/pattern.h"
#include "check/table.h"
#include "formats/formats.h"
#include "scenario/checks.h"
#include "scenario/fields.h"
#include "scenario/matrix.h"
#include "scenario/metrics.h"
#include "scenario/shape.h"
#include "scenario/steps.h"
#include "scenario/yaml.h"

namespace harness {
namespace {

/// The places of the values that the file gives, by "section.key".
using GivenPlaces = std::map<std::string, Place, std::less<>>;

Shape shape_of(const FieldSection& section) {
  Shape shape{.name = section.name.empty() ? "the scenario" : std::string(section.name),
              .params = {},
              .any_of = section.any_of,
              .at_most_one = section.at_most_one};
  for (const Field& field : section.fields) shape.params.push_back(&field.spec);
  if (section.name.empty()) {
    for (const FieldSection& other : scenario_sections().subspan(1))
      shape.others.push_back(other.name);
    shape.others.push_back("steps");
    shape.others.push_back("metrics");
    shape.others.push_back("checks");
    shape.others.push_back("matrix");
    shape.extensions = true;
  }
  if (section.checks) shape.others.push_back("checks");
  return shape;
}

void read_section(const Node& map, const FieldSection& section, Scenario& scenario,
                  GivenPlaces& given, Faults& faults) {
  const Values values = read_map(map, shape_of(section), faults);
  for (const Field& field : section.fields) {
    const auto at = values.find(field.spec.name);
    if (at == values.end()) continue;
    field.set(scenario, at->second.value);
    given.emplace(fmt::format("{}.{}", section.name, field.spec.name), at->second.at);
  }
}

/// What of the section is no field.
void read_power_cuts(const Node& map, Scenario& scenario, Faults& faults) {
  PowerCutSpec& cuts = scenario.power_cuts ? *scenario.power_cuts : scenario.power_cuts.emplace();
  cuts.at = map.key_at;
  const auto checks = std::ranges::find(map.items, "checks", &Node::key);
  if (checks != map.items.end()) cuts.checks = read_checks(*checks, faults);
}

void read_root(const Node& root, Scenario& scenario, GivenPlaces& given, Faults& faults) {
  read_section(root, scenario_sections().front(), scenario, given, faults);
  for (const FieldSection& section : scenario_sections().subspan(1)) {
    const auto at = std::ranges::find(root.items, section.name, &Node::key);
    if (at != root.items.end()) {
      read_section(*at, section, scenario, given, faults);
      if (section.name == "image") scenario.image.at = at->key_at;
      if (section.name == "power_cuts") read_power_cuts(*at, scenario, faults);
    } else if (section.required) {
      faults.add(root.at, fmt::format("the scenario lacks the key '{}'", section.name),
                 "add what is booted: image: {target: tinyllama, disk: tinyllama.img}");
    }
  }
  const auto steps = std::ranges::find(root.items, "steps", &Node::key);
  if (steps != root.items.end()) scenario.steps = read_steps(*steps, faults);
  const auto metrics = std::ranges::find(root.items, "metrics", &Node::key);
  if (metrics != root.items.end()) scenario.metrics = read_metrics(*metrics, faults);
  const auto checks = std::ranges::find(root.items, "checks", &Node::key);
  if (checks != root.items.end()) scenario.checks = read_checks(*checks, faults);
}

/// Defaults that depend on other fields.
void fill_defaults(Scenario& scenario, const GivenPlaces& given) {
  if (!given.contains(".boots") && scenario.clock == ClockKind::host) scenario.boots = 6;
  MachineSpec& machine = scenario.machine;
  const Architecture& arch = architecture(machine.arch);
  if (!given.contains("machine.model")) machine.model = arch.model;
  if (!given.contains("machine.cpu")) machine.cpu = arch.cpu;
  if (!given.contains("machine.memory")) machine.memory = arch.memory;
  if (!given.contains("machine.vga")) {
    machine.vga = arch.pc && !machine.model.starts_with("microvm");
  }
}

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

/// Rules that go over several fields.
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

/// The file beside a missing one that was probably meant, or "".
std::string nearest_file(const std::filesystem::path& file) {
  std::vector<std::string> names;
  std::error_code error;
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().filename().string());
  }
  const std::vector<std::string_view> views(names.begin(), names.end());
  return nearest(file.filename().string(), views);
}

/// An image in the place of the scenario is the first mistake with a kernel of one's own.
void refuse_binary(std::string_view text, const std::filesystem::path& file) {
  constexpr struct {
    std::string_view magic, what;
  } kKinds[] = {{"\x7F"
                 "ELF",
                 "an ELF file"},
                {"QFI\xFB", "a qcow2 disk"}};
  std::string_view what = text.substr(0, 4096).find('\0') != text.npos ? "a binary file" : "";
  for (const auto& kind : kKinds) {
    if (text.starts_with(kind.magic)) what = kind.what;
  }
  if (what.empty()) return;
  throw UsageError(
      Place{file.string(), 0, 0}, fmt::format("is {}, not a scenario", what),
      fmt::format("write a scenario for it: uniharness init {}", shell_quoted({file.string()})));
}

std::string read_text(const std::filesystem::path& file) {
  const Place whole{file.string(), 0, 0};
  std::error_code error;
  if (std::filesystem::is_directory(file, error)) {
    throw UsageError(whole, "is a folder, not a scenario file", "name one of its .yaml files");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    const int why = errno;
    if (why != ENOENT) {
      throw UsageError(whole, fmt::format("is unreadable: {}", std::strerror(why)),
                       why == EACCES ? fmt::format("see its owner and mode: ls -l {}",
                                                   shell_quoted({file.string()}))
                                     : "");
    }
    const std::string near = nearest_file(file);
    throw UsageError(whole, fmt::format("cannot be read: {}", std::strerror(why)),
                     near.empty()
                         ? "give the path of a scenario file, e.g. scenarios/smoke.yaml"
                         : fmt::format("did you mean {}?", (file.parent_path() / near).string()));
  }
  // A byte over the bound is enough for parse_yaml to refuse the file.
  std::string text;
  char piece[8 << 10];
  while (text.size() <= kYamlBytes && (stream.read(piece, sizeof piece), stream.gcount() > 0)) {
    text.append(piece, static_cast<std::size_t>(stream.gcount()));
  }
  refuse_binary(text, file);
  return text;
}

Scenario read_scenario(const Node& root, const std::string& file, Faults& faults) {
  Scenario scenario;
  scenario.file = file;
  GivenPlaces given;
  read_root(root, scenario, given, faults);
  fill_defaults(scenario, given);
  check_rules(scenario, given, faults);
  return scenario;
}

Scenario the_only(std::vector<Scenario> instances) {
  if (instances.size() == 1) return std::move(instances.front());
  throw UsageError(
      Place{instances.front().file, 0, 0},
      fmt::format("its matrix makes {} instances, but one is expected", instances.size()),
      fmt::format("choose one: -k '{}'", instances.front().name));
}

}  // namespace

Scenario load_scenario(const std::filesystem::path& file) { return the_only(load_scenarios(file)); }

Scenario parse_scenario(std::string_view text, const std::string& name) {
  return the_only(parse_scenarios(text, name));
}

std::vector<Scenario> load_scenarios(const std::filesystem::path& file) {
  return parse_scenarios(read_text(file), file.string());
}

std::vector<Scenario> parse_scenarios(std::string_view text, const std::string& name) {
  Node root = parse_yaml(text, name);
  if (root.kind != Node::Kind::map) {
    throw UsageError(root.at,
                     fmt::format("a scenario is a map of keys, this is {}", kind_text(root.kind)),
                     "start with its name: name: smoke");
  }
  std::vector<Scenario> instances;
  Faults faults;
  for (const Combination& one : expand_matrix(std::move(root), faults)) {
    instances.push_back(read_scenario(one.root, name, faults));
    instances.back().name = instance_name(instances.back().name, one.label);
  }
  faults.throw_if_any();
  return instances;
}

}  // namespace harness
