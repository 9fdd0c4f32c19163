#include "timeline/timeline.h"
#include "base/time.h"

#include <algorithm>
#include <chrono>

namespace harness::timeline {
namespace {

TimelineRow& row_of(std::vector<TimelineRow>& rows, const std::string& name) {
  const auto at = std::ranges::find(rows, name, &TimelineRow::name);
  return at != rows.end() ? *at : rows.emplace_back(TimelineRow{name, {}, false, {}});
}

bool has_phases(const BootRecord& boot) {
  return !boot.events.phases.empty() && boot.trace.tsc_hz > 0;
}

/// The spans of one boot between `resumed` and its end.
std::vector<std::pair<std::string, double>> spans_of(const BootRecord& boot, bool phases) {
  std::vector<std::pair<std::string, double>> spans;
  if (phases) {
    for (const Phase& phase : boot.events.phases) {
      spans.emplace_back(phase.name, 1e3 * static_cast<double>(phase.cycles) /
                                         static_cast<double>(boot.trace.tsc_hz));
    }
  } else if (!boot.trace.marks.empty()) {
    const auto first = boot.trace.marks.front().at, last = boot.trace.marks.back().at;
    spans.emplace_back("to the first byte", in_milliseconds(first - boot.trace.resumed));
    spans.emplace_back("to the last byte", in_milliseconds(last - first));
  }
  return spans;
}

void add_boot(const BootRecord& boot, bool phases, std::vector<TimelineRow>& rows) {
  row_of(rows, "QEMU start").milliseconds.push_back(in_milliseconds(boot.trace.resumed));
  double left = in_milliseconds(boot.trace.wall - boot.trace.resumed);
  for (const auto& [name, span] : spans_of(boot, phases)) {
    row_of(rows, name).milliseconds.push_back(span);
    left -= span;
  }
  row_of(rows, "end").milliseconds.push_back(left);
}

void count(TimelineRow& row, std::uint64_t instructions) {
  if (!row.instructions) {
    row.instructions = instructions;
  } else {
    row.noisy |= *row.instructions != instructions;
  }
}

void add_counts(const BootRecord& boot, Timeline& timeline) {
  std::uint64_t total = 0;
  for (const Phase& phase : boot.events.phases) {
    const auto row = std::ranges::find(timeline.rows, phase.name, &TimelineRow::name);
    if (row != timeline.rows.end()) count(*row, phase.cycles);
    total += phase.cycles;
  }
  if (!boot.events.phases.empty()) count(timeline.whole, total);
}

}  // namespace

Timeline make_timeline(const std::vector<BootRecord>& host, const std::vector<Trace>& empty,
                       const std::vector<BootRecord>& counted) {
  Timeline timeline;
  timeline.whole.name = "whole boot";
  const bool phases = std::ranges::all_of(host, has_phases);
  for (std::size_t i = 0; i < host.size(); ++i) {
    add_boot(host[i], phases, timeline.rows);
    timeline.whole.milliseconds.push_back(in_milliseconds(host[i].trace.wall));
    timeline.empty.push_back(in_milliseconds(empty[i].wall));
    timeline.own.push_back(in_milliseconds(host[i].trace.wall - empty[i].wall));
  }
  for (const BootRecord& boot : counted) add_counts(boot, timeline);
  return timeline;
}

}  // namespace harness::timeline
