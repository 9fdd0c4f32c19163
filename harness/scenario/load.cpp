#include "scenario/load.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "scenario/checks.h"
#include "scenario/fields.h"
#include "scenario/file.h"
#include "scenario/matrix.h"
#include "scenario/metrics.h"
#include "scenario/rules.h"
#include "scenario/shape.h"
#include "scenario/steps.h"
#include "scenario/yaml.h"

namespace harness {
namespace {

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
  return parse_scenarios(scenario_text(file), file.string());
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
