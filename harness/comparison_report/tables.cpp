// The tables: what each image is, costs and takes.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "comparison_report/numbers.h"
#include "comparison_report/sections.h"

namespace harness::comparison_report {
namespace {

std::string optional_text(const std::optional<std::uint64_t>& value) {
  return value ? grouped(*value) : std::string("not known");
}

const std::string& name_of(const Material& material, std::size_t side) {
  return material.plan.sides[side].name;
}

const BootRecord& first_boot(const Measured& side) { return side.counted.boots.front(); }

/// A row for each side of each number: its value and how it stands to the first side's.
void add_rows(const Material& material, const std::string& number,
              const std::vector<std::optional<std::uint64_t>>& values, DocumentTable& table) {
  const std::optional<std::uint64_t>& first = values.front();
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::optional<std::uint64_t>& value = values[i];
    if (!value) continue;
    table.rows.push_back({number, name_of(material, i), grouped(*value),
                          i > 0 && first ? change_text(*first, *value) : std::string()});
  }
}

template <class Value>
std::vector<std::optional<std::uint64_t>> values_of(const Material& material, Value&& value) {
  std::vector<std::optional<std::uint64_t>> values;
  values.reserve(material.sides.size());
  for (const Measured& side : material.sides) values.push_back(value(side));
  return values;
}

std::vector<std::optional<std::uint64_t>> counted_values(const Material& material,
                                                         NumberSource source,
                                                         const std::string& name) {
  return values_of(material,
                   [&](const Measured& side) { return counted(side.counted, source, name); });
}

}  // namespace

std::vector<std::string> workloads(const Material& material) {
  std::vector<std::string> names;
  for (const Profile& profile : first_boot(material.sides.front()).events.profiles) {
    const bool everywhere = std::ranges::all_of(material.sides, [&](const Measured& side) {
      const auto& profiles = first_boot(side).events.profiles;
      return std::ranges::find(profiles, profile.name, &Profile::name) != profiles.end();
    });
    if (everywhere) names.push_back(profile.name);
  }
  return names;
}

DocumentSection sizes_section(const Material& material) {
  DocumentTable table{{{"Image"},
                       {"Loaded", true},
                       {"App", true},
                       {"Library", true},
                       {"Zeroed", true},
                       {"Disk", true},
                       {"Loaded, against the first", true}},
                      {}};
  const auto& first = material.sides.front().counted.sizes.loaded;
  for (std::size_t i = 0; i < material.sides.size(); ++i) {
    const Sizes& sizes = material.sides[i].counted.sizes;
    const bool held = i > 0 && first && sizes.loaded;
    table.rows.push_back({name_of(material, i), optional_text(sizes.loaded),
                          optional_text(sizes.app), optional_text(sizes.library),
                          optional_text(sizes.bss), optional_text(sizes.disk),
                          held ? change_text(*first, *sizes.loaded) : std::string()});
  }
  return {
      "sizes",
      "Binary sizes",
      {"Bytes. Loaded: text, constants and data, as they are read into memory. App and Library: "
       "their object files, before the linker leaves out what nothing uses. Zeroed: memory that "
       "is clear at start and takes no room in the file, the heap with it.",
       std::move(table)}};
}

DocumentSection boot_section(const Material& material) {
  DocumentTable table{{{"Time"}, {"Image"}, {"Instructions", true}, {"Against the first", true}},
                      {}};
  const std::vector<std::string> works = workloads(material);
  for (const Timing& timing : first_boot(material.sides.front()).events.timings) {
    if (std::ranges::find(works, timing.name) != works.end()) continue;
    add_rows(material, timing.name, counted_values(material, NumberSource::timing, timing.name),
             table);
  }
  if (table.rows.empty()) return {"boot", "Boot, counted", {}};
  return {"boot",
          "Boot, counted",
          {"From the kernel's first instruction. Firmware and QEMU are not part of it.",
           std::move(table)}};
}

DocumentSection calls_section(const Material& material) {
  DocumentSection section{"calls", "What a call costs", {}};
  if (!material.calls) return section;
  const ComparisonCalls& plan = material.plan.calls;
  DocumentTable table{{{"Call"},
                       {"Instructions", true},
                       {"Against the first", true},
                       {"Host cycles, median", true}},
                      {}};
  const double each = 1.0 / static_cast<double>(plan.count);
  std::optional<std::uint64_t> first;
  for (const ComparisonCall& call : plan.rows) {
    const auto value = counted(material.calls->counted, NumberSource::metric, call.metric);
    if (!value) {
      throw Error(fmt::format("{}: no boot gives the metric '{}' of the call '{}'",
                              material.calls->counted.scenario, call.metric, call.name),
                  "name one of its [METRIC] lines in " + material.plan.file,
                  ExitStatus::invalid_data);
    }
    const std::string ratio =
        first && *first
            ? fmt::format("{:.1f} times", static_cast<double>(*value) / static_cast<double>(*first))
            : std::string();
    if (!first) first = value;
    table.rows.push_back({call.name, fmt::format("{:.1f}", static_cast<double>(*value) * each),
                          ratio, median_text(host_samples(*material.calls, call.metric), each)});
  }
  section.parts = {
      fmt::format("Of each kind {} calls in a loop, less the same loop without them, in '{}'. The "
                  "host's cycles are QEMU's, which translates code: how many a processor takes for "
                  "an interrupt or a fast system call is another matter.",
                  grouped(plan.count), material.calls->counted.scenario),
      std::move(table)};
  return section;
}

DocumentSection workloads_section(const Material& material) {
  DocumentTable table{{{"Workload"},
                       {"Image"},
                       {"Instructions a call", true},
                       {"More than the first", true},
                       {"Host cycles of the first call, median", true},
                       {"Of a later one", true}},
                      {}};
  for (const std::string& name : workloads(material)) {
    const auto values = counted_values(material, NumberSource::profile, name + kAverage);
    const std::optional<std::uint64_t>& first = values.front();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::optional<std::uint64_t>& value = values[i];
      if (!value) continue;
      std::string more;
      if (i > 0 && first) {
        const auto difference =
            static_cast<std::int64_t>(*value) - static_cast<std::int64_t>(*first);
        more = fmt::format("{:+} ({})", difference, change_text(*first, *value));
      }
      table.rows.push_back(
          {name, name_of(material, i), grouped(*value), more,
           median_text(host_samples(material.sides[i], name + kFirst), 1),
           median_text(host_samples(material.sides[i], name + kAverageAfterFirst), 1)});
    }
  }
  if (table.rows.empty()) return {"workloads", "Workloads", {}};
  return {
      "workloads",
      "Workloads",
      {"The same source, the same compiler and flags, measured by the guest's own profiler with "
       "its overhead taken off: what differs is the way to the work and back. By host time the "
       "first call pays for the translation of its code by QEMU, and stands apart.",
       std::move(table)}};
}

DocumentSection memory_section(const Material& material) {
  DocumentTable table{{{"Memory"}, {"Image"}, {"Bytes", true}, {"Against the first", true}}, {}};
  struct Row {
    const char* name;
    std::uint64_t Memory::* member;
  };
  constexpr Row kRows[] = {{"heap, in use at the end", &Memory::heap_used},
                           {"heap, peak", &Memory::heap_peak},
                           {"stack, high water", &Memory::stack_used}};
  for (const Row& row : kRows) {
    add_rows(material, row.name,
             values_of(material,
                       [&](const Measured& side) {
                         const auto& memory = first_boot(side).events.memory;
                         return memory ? std::optional((*memory).*row.member) : std::nullopt;
                       }),
             table);
  }
  add_rows(material, "loaded and zeroed",
           values_of(material,
                     [](const Measured& side) {
                       const Sizes& sizes = side.counted.sizes;
                       return sizes.loaded && sizes.bss ? std::optional(*sizes.loaded + *sizes.bss)
                                                        : std::nullopt;
                     }),
           table);
  // What only some images have: a size that the guest tells by itself.
  for (std::size_t i = 0; i < material.sides.size(); ++i) {
    for (const Metric& metric : first_boot(material.sides[i]).events.metrics) {
      if (metric.unit != wire::kBytes) continue;
      table.rows.push_back({metric.name, name_of(material, i), grouped(metric.value), ""});
    }
  }
  return {"memory", "Memory", {std::move(table)}};
}

DocumentSection quoted_section(const Material& material) {
  DocumentTable table{{{"Figure"}, {"Value", true}, {"Source"}}, {}};
  for (const QuotedFigure& figure : material.plan.quoted) {
    table.rows.push_back({figure.what, figure.value, figure.source});
  }
  if (table.rows.empty()) return {"quoted", "Quoted, not measured here", {}};
  return {"quoted",
          "Quoted, not measured here",
          {"These figures come from records. They were not measured with the others and do not "
           "enter any of the conclusions.",
           std::move(table)}};
}

}  // namespace harness::comparison_report
