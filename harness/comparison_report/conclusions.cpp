// Sentences that are computed from the numbers. Each is left out where its numbers are missing.
#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "comparison_report/numbers.h"
#include "comparison_report/sections.h"
#include "stats/stats.h"

namespace harness::comparison_report {
namespace {

using Values = std::vector<std::optional<std::uint64_t>>;  // one for each side

/// "40.2 % less than b (23,780)".
std::string against(std::uint64_t value, std::uint64_t other, const std::string& name) {
  if (value == other) return "as many as " + name;
  const double share = static_cast<double>(value) / static_cast<double>(other) - 1;
  return fmt::format("{:.1f} % {} than {} ({})", std::abs(share) * 100, share < 0 ? "less" : "more",
                     name, grouped(other));
}

/// "Image: 14,220 bytes are loaded in a, 40.2 % less than b (23,780)."
void add_figure(const Material& material, const std::string& what, const char* unit,
                const Values& values, std::vector<std::string>& sentences) {
  const std::uint64_t first = values.front().value_or(0);
  std::string held;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const std::uint64_t other = values[i].value_or(0);
    if (other != 0) held += ", " + against(first, other, material.plan.sides[i].name);
  }
  if (first == 0 || held.empty()) return;
  sentences.push_back(fmt::format("{}: {} {} in {}{}.", what, grouped(first), unit,
                                  material.plan.sides.front().name, held));
}

void add_sizes(const Material& material, std::vector<std::string>& sentences) {
  Values loaded;
  for (const Measured& side : material.sides) loaded.push_back(side.counted.sizes.loaded);
  add_figure(material, "Image", "bytes are loaded", loaded, sentences);
}

void add_timing(const Material& material, const char* name, std::vector<std::string>& sentences) {
  Values values;
  for (const Measured& side : material.sides) {
    values.push_back(counted(side.counted, NumberSource::timing, name));
  }
  add_figure(material, name, "instructions", values, sentences);
}

void add_workloads(const Material& material, std::size_t side,
                   std::vector<std::string>& sentences) {
  std::string least_name, most_name;
  double least = 0, most = 0;
  for (const std::string& name : workloads(material)) {
    const std::string number = name + kAverage;
    const auto first = counted(material.sides.front().counted, NumberSource::profile, number);
    const auto other = counted(material.sides[side].counted, NumberSource::profile, number);
    if (!first || !other || *first == 0) continue;
    const double more = (static_cast<double>(*other) / static_cast<double>(*first) - 1) * 100;
    if (least_name.empty() || more < least) least = more, least_name = name;
    if (most_name.empty() || more > most) most = more, most_name = name;
  }
  if (least_name.empty()) return;
  sentences.push_back(fmt::format(
      "Workloads: instructions a call in {}, against {}: from {:+.1f} % ({}) to {:+.1f} % ({}).",
      material.plan.sides[side].name, material.plan.sides.front().name, least, least_name, most,
      most_name));
}

void add_calls(const Material& material, std::vector<std::string>& sentences) {
  if (!material.calls) return;
  std::string text;
  const double each = 1.0 / static_cast<double>(material.plan.calls.count);
  for (const ComparisonCall& row : material.plan.calls.rows) {
    const auto value = counted(material.calls->counted, NumberSource::metric, row.metric);
    if (!value) return;
    text += fmt::format("{}{} {:.1f}", text.empty() ? "" : ", ", row.name,
                        static_cast<double>(*value) * each);
  }
  sentences.push_back("Instructions for a call: " + text + ".");
}

void add_host(const Material& material, std::size_t side, std::vector<std::string>& sentences) {
  const std::vector<double> first = host_samples(material.sides.front(), kWholeBoot);
  const std::vector<double> other = host_samples(material.sides[side], kWholeBoot);
  if (first.empty() || first.size() != other.size()) return;
  const stats::Ratio ratio = stats::paired_ratio(first, other, 0.95);
  const std::string said = fmt::format("{:.3f}, from {:.3f} to {:.3f}, {} pairs", ratio.value,
                                       ratio.interval.low, ratio.interval.high, first.size());
  const std::string &name = material.plan.sides[side].name,
                    &held = material.plan.sides.front().name;
  sentences.push_back(
      ratio.interval.contains(1)
          ? fmt::format("Host time of a whole boot: {} cannot be distinguished from {} (ratio {}).",
                        name, held, said)
          : fmt::format("Host time of a whole boot: {} takes {} time than {} (ratio {}).", name,
                        ratio.value > 1 ? "more" : "less", held, said));
}

}  // namespace

DocumentSection conclusions_section(const Material& material) {
  std::vector<std::string> sentences;
  add_sizes(material, sentences);
  for (const char* name : {"Init", "Time to first test", "Total"}) {
    add_timing(material, name, sentences);
  }
  add_calls(material, sentences);
  for (std::size_t side = 1; side < material.sides.size(); ++side) {
    add_workloads(material, side, sentences);
  }
  for (std::size_t side = 1; side < material.sides.size(); ++side) {
    add_host(material, side, sentences);
  }
  if (sentences.empty()) return {"conclusions", "In short", {}};
  return {"conclusions", "In short", {DocumentList{std::move(sentences)}}};
}

}  // namespace harness::comparison_report
