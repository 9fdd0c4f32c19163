#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "stats/stats.h"
#include "timeline/render.h"

namespace harness::timeline {
namespace {

/// "12.31 [12.02..12.60]": median and its 95 % interval.
std::string with_interval(const std::vector<double>& samples) {
  if (samples.empty()) return "-";
  const stats::Interval interval = stats::bootstrap_median(samples);
  return fmt::format("{:.2f} [{:.2f}..{:.2f}]", stats::median(samples), interval.low,
                     interval.high);
}

std::string count_text(const TimelineRow& row) {
  if (!row.instructions) return "-";
  return (row.noisy ? "~ " : "") + grouped(*row.instructions);
}

}  // namespace

std::string render_text(const Timeline& timeline, const TimelineSubject& subject) {
  std::size_t name_width = 16;
  for (const TimelineRow& row : timeline.rows) {
    name_width = std::max(name_width, printable(row.name).size());
  }
  std::string text = fmt::format(
      "timeline of {}: {}, {}, QEMU {}, {} boots interleaved with as many of an empty guest\n",
      printable(subject.scenario), printable(subject.machine), subject.accel,
      printable(subject.qemu_version), timeline.empty.size());
  const auto line = [&](const std::string& name, const std::string& count,
                        const std::string& time) {
    text += fmt::format("  {:<{}}  {:>14}  {}\n", name, name_width, count, time);
  };
  line("phase", "instructions", "host ms: median [95 % interval]");
  bool noisy = timeline.whole.noisy;
  for (const TimelineRow& row : timeline.rows) {
    line(printable(row.name), count_text(row), with_interval(row.milliseconds));
    noisy |= row.noisy;
  }
  line(timeline.whole.name, count_text(timeline.whole), with_interval(timeline.whole.milliseconds));
  line("empty guest", "-", with_interval(timeline.empty));
  line("the guest's own", "-", with_interval(timeline.own));
  if (noisy) text += "  ~ counted, and yet not the same in every boot: it waits for the disk\n";
  return text;
}

}  // namespace harness::timeline
