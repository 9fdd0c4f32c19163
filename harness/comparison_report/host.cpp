// Host time, and the conditions of everything.
#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/text.h"
#include "comparison_report/numbers.h"
#include "comparison_report/sections.h"
#include "stats/stats.h"

namespace harness::comparison_report {
namespace {

constexpr double kMillisecond = 1e-3;  // in microseconds

std::vector<double> less(std::vector<double> from, const std::vector<double>& empty) {
  for (std::size_t i = 0; i < from.size() && i < empty.size(); ++i) from[i] -= empty[i];
  return from;
}

std::string ratio_text(const std::vector<double>& base, const std::vector<double>& candidate) {
  if (base.empty() || base.size() != candidate.size()) return "";
  const stats::Ratio ratio = stats::paired_ratio(base, candidate, 0.95);
  return fmt::format("{:.3f} [{:.3f}, {:.3f}]", ratio.value, ratio.interval.low,
                     ratio.interval.high);
}

std::string machine_text(const Fingerprint& print) {
  std::string text = print.arch + " " + print.model + ", " + print.accel;
  if (!print.cpu.empty()) text += ", " + print.cpu;
  return text + ", " + memory_text(print.memory);
}

/// Where the series was measured with other images than the rest.
std::string staleness(const Material& material) {
  std::string names;
  for (std::size_t i = 0; i < material.sides.size(); ++i) {
    const Measured& side = material.sides[i];
    const std::string& now = side.counted.fingerprint.image_sha256;
    if (!side.host || side.host->fingerprint.image_sha256 == now) continue;
    names += (names.empty() ? "" : "; ") + material.plan.sides[i].name;
  }
  return names.empty() ? ""
                       : "These images have been changed since, so that their host time may be "
                         "another: " +
                             names + ".";
}

}  // namespace

DocumentSection host_section(const Material& material) {
  const bool measured = std::ranges::all_of(
      material.sides, [](const Measured& side) { return side.host.has_value(); });
  if (!measured) return {"host", "Boot, host time", {}};
  DocumentTable table{{{"Image"},
                       {"Whole boot, ms", true},
                       {"Empty guest, ms", true},
                       {"Own share, ms", true},
                       {"Whole boot, times the first", true}},
                      {}};
  const std::vector<double> first = host_samples(material.sides.front(), kWholeBoot);
  for (std::size_t i = 0; i < material.sides.size(); ++i) {
    const std::vector<double> whole = host_samples(material.sides[i], kWholeBoot);
    const std::vector<double> empty = host_samples(material.sides[i], kEmptyGuest);
    table.rows.push_back({material.plan.sides[i].name, median_text(whole, kMillisecond),
                          median_text(empty, kMillisecond),
                          median_text(less(whole, empty), kMillisecond),
                          i == 0 ? std::string() : ratio_text(first, whole)});
  }
  const history::Entry entry = material.sides.front().host.value_or(history::Entry());
  DocumentSection section{
      "host",
      "Boot, host time",
      {fmt::format(
           "From QEMU's start to its end, {} of each image, interleaved, with one of an empty "
           "guest beside each: what QEMU and the firmware take anyway. Own share: the "
           "difference, boot by boot. Medians with their intervals; the last column is the "
           "ratio of boots that stood side by side. Measured on {} with {}, QEMU {}.",
           count_of(first.size(), "boot"), entry.started_at.substr(0, 10), entry.fingerprint.accel,
           entry.fingerprint.qemu_version),
       std::move(table)}};
  if (std::string stale = staleness(material); !stale.empty()) {
    section.parts.emplace_back(std::move(stale));
  }
  return section;
}

DocumentSection peers_section(const Material& material) {
  DocumentTable table{{{"Guest"},
                       {"Machine"},
                       {"To its line, ms", true},
                       {"Empty guest, ms", true},
                       {"Own share, ms", true}},
                      {}};
  for (const MeasuredPeer& peer : material.peers) {
    const std::vector<double> whole = host_samples(peer.host, kWholeBoot);
    const std::vector<double> empty = host_samples(peer.host, kEmptyGuest);
    table.rows.push_back({peer.name, machine_text(peer.host.fingerprint),
                          median_text(whole, kMillisecond), median_text(empty, kMillisecond),
                          empty.empty() ? "" : median_text(less(whole, empty), kMillisecond)});
  }
  if (table.rows.empty()) return {"peers", "Peers: to the first line", {}};
  return {"peers",
          "Peers: to the first line",
          {"Other guests in the same series: from QEMU's start until the line that their scenario "
           "waits for has arrived, when the machine is stopped. They do other work, on machines of "
           "their own, and are here for the order of magnitude.",
           std::move(table)}};
}

DocumentSection conditions_section(const Material& material) {
  DocumentTable table{{{"Image"}, {"Machine"}, {"QEMU"}, {"Compiler"}, {"SHA-256 of the file"}},
                      {}};
  const auto add = [&](const std::string& name, const RunRecord& record) {
    const Fingerprint& print = record.fingerprint;
    table.rows.push_back({name, machine_text(print), print.qemu_version, print.compiler,
                          print.image_sha256.substr(0, 16)});
  };
  for (std::size_t i = 0; i < material.sides.size(); ++i) {
    add(material.plan.sides[i].name, material.sides[i].counted);
  }
  if (material.calls) add("calls", material.calls->counted);
  return {"conditions", "Conditions", {std::move(table)}};
}

}  // namespace harness::comparison_report
