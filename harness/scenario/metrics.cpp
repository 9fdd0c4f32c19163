#include "scenario/metrics.h"

#include <fmt/format.h>

#include <algorithm>

#include "check/pattern.h"
#include "formats/units.h"
#include "model/param.h"
#include "scenario/shape.h"

namespace harness {
namespace {

using Type = ParamType;

constexpr std::size_t kMaxEntries = 100;
constexpr std::size_t kMaxGroups = 15;

const ParamSpec kMetricParams[] = {
    {.name = "pattern",
     .type = Type::pattern,
     .required = true,
     .help = "What is looked for in each line of console text. The group (?P<value>...) is the "
             "number; (?P<name>...) and (?P<unit>...) are its name and unit."},
    {.name = "name", .help = "The name, where the pattern has no group for it."},
    {.name = "unit",
     .help = "The unit of what is kept. Where the pattern has a group for the unit, too, times "
             "(ps, ns, us, ms, s, min, h), sizes (B, KB, MB, GB, TB, KiB, MiB, GiB, TiB), bits, "
             "frequencies and rates of them (MB/s) are converted to this one, in any spelling: "
             "usec, seconds, bytes. A number is rounded to it where that changes it by a "
             "thousandth or less, and the check `metrics` says so."},
    {.name = "scale",
     .type = Type::count,
     .help = "What is kept is the printed number times this, as a whole number. 12.5 us with "
             "`scale: 1000, unit: ns` is 12500 ns. Digits beyond it are rounded, and the check "
             "`metrics` says so; without `scale` they are invalid data.",
     .within = {1, 1'000'000'000}},
    {.name = "decimal",
     .type = Type::choice,
     .help = "What stands before the fraction; the other one separates thousands. Where not given, "
             "the point: 1,234 is one thousand and more.",
     .choices = {"point", "comma"}},
    {.name = "negative",
     .type = Type::choice,
     .help = "What to do with a number below 0, for which there is no record: refuse it, which is "
             "invalid data, or keep its size.",
     .choices = {"refuse", "absolute"}},
    {.name = "better",
     .type = Type::choice,
     .help = "Which way is better; where not given, less of time and size, more of anything per "
             "second, and any change of other units counts as worse.",
     .choices = {"lower", "higher"}},
    {.name = "samples",
     .type = Type::choice,
     .help = "Several numbers of one name are samples of the boot: which of them stands for it (of "
             "an even number, the median is the lower one in the middle). one: a second is invalid "
             "data.",
     .choices = {"one", "median", "min", "max"}},
};

/// One of `names`, which the reader of the map has seen to.
template <typename Enum, std::size_t N>
Enum named(const char* const (&names)[N], const std::string& name) {
  return static_cast<Enum>(std::ranges::find(names, name) - std::begin(names));
}

/// What the keys and the groups of the pattern do not say together.
void check_entry(const MetricPattern& entry, const Node& item, Faults& faults) {
  const std::vector<std::string> groups = pattern_groups(entry.pattern);
  const auto has = [&](const char* name) {
    return std::ranges::find(groups, name) != groups.end();
  };
  const auto fault = [&](const std::string& what, std::string hint) {
    faults.add(item.at, "an entry of metrics: " + what, std::move(hint));
  };
  if (groups.size() > kMaxGroups) fault("its pattern has too many groups", "use (?:...)");
  if (!has("value")) {
    fault("its pattern has no group 'value'",
          R"x(write: pattern: "boot took (?P<value>[0-9.]+)")x");
  }
  if (has("name") != entry.name.empty()) {
    fault(has("name") ? "the name is a key and a group" : "the number has no name",
          "give either `name` or the group (?P<name>...)");
  }
  if (!has("unit") && entry.unit.empty()) {
    fault("the number has no unit", "give `unit`, or the group (?P<unit>...)");
  }
  if (has("unit") && !entry.unit.empty() && entry.scale != 1) {
    fault("a scale beside a unit that is converted", "remove `scale`, or the group");
  }
  if (has("unit") && !entry.unit.empty() && !is_convertible(entry.unit)) {
    fault(fmt::format("nothing can be converted to {}", entry.unit),
          "write a unit of time or of size, or leave `unit` or the group out");
  }
}

MetricPattern read_entry(const Node& item, const Shape& shape, Faults& faults) {
  MetricPattern entry;
  for (const auto& [key, given] : read_map(item, shape, faults)) {
    if (key == "scale") {
      entry.scale = std::get<std::uint64_t>(given.value);
      entry.rounds = true;
      continue;
    }
    const std::string& text = std::get<std::string>(given.value);
    if (key == "pattern") entry.pattern = text;
    if (key == "name") entry.name = text;
    if (key == "unit") entry.unit = text;
    if (key == "better") entry.better = named<BetterWhen>(kBetterWhenNames, text);
    if (key == "samples") entry.samples = named<SampleRule>(kSampleRuleNames, text);
    if (key == "decimal") entry.comma = text == "comma";
    if (key == "negative") entry.absolute = text == "absolute";
  }
  if (!entry.pattern.empty()) check_entry(entry, item, faults);
  return entry;
}

}  // namespace

std::span<const ParamSpec> metric_params() { return kMetricParams; }

std::vector<MetricPattern> read_metrics(const Node& list, Faults& faults) {
  std::vector<MetricPattern> metrics;
  if (list.kind != Node::Kind::list || list.items.empty() || list.items.size() > kMaxEntries) {
    faults.add(
        list.at,
        fmt::format("metrics holds {}, must hold a list of 1 to {} entries",
                    list.kind == Node::Kind::list ? fmt::format("{} entries", list.items.size())
                                                  : kind_text(list.kind),
                    kMaxEntries),
        R"x(write: - {pattern: "boot: (?P<value>[0-9.]+) ms", name: boot, unit: ms})x");
    return metrics;
  }
  Shape shape{.name = "an entry of metrics", .params = {}};
  for (const ParamSpec& spec : kMetricParams) shape.params.push_back(&spec);
  for (const Node& item : list.items) {
    metrics.push_back(read_entry(item, shape, faults));
    const auto twice = [&](const MetricPattern& other) {
      return !other.name.empty() && other.name == metrics.back().name;
    };
    if (std::ranges::count_if(metrics, twice) > 1) {
      faults.add(item.at, fmt::format("two entries of metrics are called {}", metrics.back().name),
                 "give each a name of its own");
    }
  }
  return metrics;
}

}  // namespace harness
