// What came of cutting the power in a boot, as a finding.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/format.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/judge.h"

namespace harness {
namespace {

std::string possible_text(const PowerCuts& cuts) {
  if (cuts.tried == cuts.possible) return fmt::format("all {} states", grouped(cuts.tried));
  return cuts.possible == UINT64_MAX
             ? fmt::format("{} states of more than can be counted", grouped(cuts.tried))
             : fmt::format("{} of {} states", grouped(cuts.tried), grouped(cuts.possible));
}

std::string figure_of(const PowerCuts& cuts) {
  return fmt::format("{} of {} and {}, {}", possible_text(cuts), count_of(cuts.writes, "write"),
                     cuts.flushes == 1 ? "1 flush" : grouped(cuts.flushes) + " flushes",
                     count_of(cuts.disks, "disk"));
}

std::string first_failure(const PowerCuts& cuts) {
  const CutFailure& first = cuts.failures.front();
  std::string where = "before the first event";
  for (const CutPoint& point : cuts.points) {
    if (point.event != first.event || first.event == 0) continue;
    where = fmt::format("after event {} ({})", grouped(first.event), point.what);
  }
  return fmt::format("; first {}, {}: {}", where, first.state,
                     first.verdict.reason.empty() ? "failed" : first.verdict.reason);
}

}  // namespace

Finding check_power_cuts(const PowerCuts& cuts) {
  Finding finding{.check = fmt::format("power cuts in boot {}", cuts.boot),
                  .figure = {},
                  .reason = {},
                  .at = cuts.at};
  if (!cuts.fault.empty()) {
    finding.status = FindingStatus::invalid;
    finding.reason = "none was tried: " + cuts.fault;
    return finding;
  }
  finding.figure = figure_of(cuts);
  if (cuts.failed == 0 && cuts.tried > 0) return finding;
  finding.status = FindingStatus::fail;
  finding.reason =
      fmt::format("{} of {} failed", grouped(cuts.failed), count_of(cuts.tried, "state"));
  if (!cuts.failures.empty()) finding.reason += first_failure(cuts);
  return finding;
}

void complete_power_cuts(RunRecord& record, const PowerCutSpec& spec) {
  for (const std::uint64_t boot : spec.boots) {
    if (std::ranges::find(record.power_cuts, boot, &PowerCuts::boot) != record.power_cuts.end()) {
      continue;
    }
    PowerCuts none;
    none.boot = boot;
    none.fault = "there was no such boot, or its writes were not recorded";
    record.power_cuts.push_back(std::move(none));
  }
  for (PowerCuts& cuts : record.power_cuts) cuts.at = spec.at;
}

}  // namespace harness
