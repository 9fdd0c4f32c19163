#include "history/chart.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/text.h"

namespace harness::history {
namespace {

constexpr std::size_t kRows = 4;
constexpr std::size_t kLevels = 8;  // of one block character
constexpr const char* kBlocks[kLevels + 1] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

std::string day(const std::string& time) { return time.substr(0, 10); }

/// Characters on the screen: bytes that do not continue a UTF-8 sequence.
std::size_t columns_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}
std::string right(const std::string& text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return std::string(columns > used ? columns - used : 0, ' ') + text;
}
std::string left(const std::string& text, std::size_t columns) {
  const std::size_t used = columns_of(text);
  return text + std::string(columns > used ? columns - used : 0, ' ');
}

/// The commit, marked where the files differed from it; else the image; else the time.
std::string origin(const Point& point) {
  if (!point.revision.commit.empty()) {
    return printable(point.revision.commit.substr(0, 10)) + (point.revision.dirty ? "+" : "");
  }
  if (!point.image_sha256.empty()) return "image " + printable(point.image_sha256.substr(0, 10));
  return point.started_at;
}

/// "+59 (+2.1 %)".
std::string change(double before, double after) {
  const std::string sign = after < before ? "-" : "+";
  std::string text = sign + figure(std::abs(after - before));
  if (before != 0) text += fmt::format(" ({:+.2f} %)", 100 * (after - before) / before);
  return text;
}

std::string environment(const Fingerprint& print) {
  std::string text = printable(print.arch) + " " + printable(print.model) + ", " +
                     printable(print.accel) + ", QEMU " + printable(print.qemu_version);
  if (!print.compiler.empty()) text += ", " + printable(print.compiler);
  if (!print.host.empty()) text += "; on " + printable(print.host);
  return text;
}

/// Height of a value in eighths of a row, 1 to kRows * kLevels. A flat line runs in the middle.
std::size_t height(double value, double min, double max) {
  constexpr double kFull = kRows * kLevels;
  if (max <= min) return kRows * kLevels / 2;
  return 1 + static_cast<std::size_t>(std::lround((value - min) / (max - min) * (kFull - 1)));
}

struct Shown {
  std::size_t first;  // index of the first point drawn
  double min, max;
};
Shown shown(const Segment& segment, std::size_t room) {
  const std::size_t size = segment.points.size();
  Shown view = {size - std::min(size, room), 0, 0};
  const auto drawn = std::span(segment.points).subspan(view.first);
  const auto [min, max] = std::ranges::minmax(drawn, {}, &Point::value);
  view.min = min.value;
  view.max = max.value;
  return view;
}

/// A digit under each step that is drawn, in the order of the list below the chart.
std::string marks(const Segment& segment, std::size_t first) {
  std::string line;
  for (std::size_t i = 0; i < segment.change_points.size(); ++i) {
    const std::size_t at = segment.change_points[i].at;
    if (at < first) continue;
    line.resize(std::max(line.size(), at - first), ' ');
    if (line.size() == at - first) line += i < 9 ? static_cast<char>('1' + i) : '^';
  }
  return line;
}

std::string render_chart(const Segment& segment, std::size_t width) {
  constexpr std::size_t kFrame = 22;  // labels, the axis, margins
  const std::size_t room = std::max<std::size_t>(width, kFrame + 10) - kFrame;
  const Shown view = shown(segment, room);
  const auto points = std::span(segment.points).subspan(view.first);
  std::string text;
  for (std::size_t row = kRows; row-- > 0;) {
    std::string label;
    if (row == kRows - 1) label = "max " + figure(view.max);
    if (row == 0) label = "min " + figure(view.min);
    text += "  " + right(label, kFrame - 5) + (label.empty() ? " │" : " ┤");
    for (const Point& point : points) {
      const std::size_t full = height(point.value, view.min, view.max), below = row * kLevels;
      text += kBlocks[full > below ? std::min(full - below, kLevels) : 0];
    }
    text += "\n";
  }
  const std::string steps = marks(segment, view.first);
  if (!steps.empty()) text += std::string(kFrame - 1, ' ') + steps + "\n";
  if (view.first > 0)
    text += fmt::format("  (the last {} of {} runs)\n", points.size(), segment.points.size());
  return text;
}

std::string render_steps(const Segment& segment) {
  if (segment.change_points.empty()) {
    const bool short_series =
        !segment.exact && segment.points.size() < 2 * stats::ChangePointRules{}.shortest;
    return short_series ? "  too few runs to look for steps\n" : "  no step\n";
  }
  std::string text;
  for (std::size_t i = 0; i < segment.change_points.size(); ++i) {
    const stats::ChangePoint& step = segment.change_points[i];
    const Point &last = segment.points[step.at - 1], &first = segment.points[step.at];
    text += fmt::format("  {:>2}  {}  {} -> {}  {}  {} -> {}{}\n", i + 1, first.started_at,
                        figure(step.before), figure(step.after), change(step.before, step.after),
                        origin(last), origin(first),
                        segment.exact ? "" : fmt::format("  p {:.3f}", step.p));
  }
  return text;
}

/// What a gate judges, by which rule, and what it does not look at.
std::string render_judged(const CalibrationGroup& group) {
  std::string text;
  if (group.exact > 0) {
    text += fmt::format("  {} exact: worse by more than the threshold is an alarm\n",
                        count_of(group.exact, "number"));
  }
  if (group.noisy > 0) {
    text += fmt::format(
        "  {} noisy: an alarm where the statistics of compare say regression, of more than the "
        "threshold and 1 %\n",
        count_of(group.noisy, "number"));
  }
  if (!group.left_out.empty()) {
    text += "  not judged, as in every gate, because they may wait for the disk:";
    for (const std::string& name : group.left_out) text += " '" + printable(name) + "'";
    text += "\n";
  }
  if (group.not_passed > 0) {
    text += fmt::format("  {} left out, which did not pass\n", count_of(group.not_passed, "run"));
  }
  if (group.unlike > 0) {
    text += fmt::format(
        "  {} of a number that one run lacks or that does not compare: status 5, whatever the "
        "threshold\n",
        count_of(group.unlike, "pair"));
  }
  return text;
}

std::string render_threshold(const ThresholdResult& result, std::size_t pairs) {
  const std::string name =
      result.threshold == 0 ? "+0" : fmt::format("{:g} %", 100 * result.threshold);
  const std::string rate = pairs == 0
                               ? "-"
                               : percent_text(result.rate) + " (" + percent_text(result.low) +
                                     " to " + percent_text(result.high) + ")";
  std::string text =
      fmt::format("  {:>9}  {:>7}  {:>4}  {:>5}  {:>9}  {:>12}  {}", name, result.flagged,
                  result.real, result.false_alarms, result.undecided, result.inconclusive, rate);
  if (!result.noisiest.empty()) {
    text += fmt::format("; most: {} ({})", printable(result.noisiest), result.noisiest_alarms);
  }
  return text + "\n";
}

std::string render_group(const CalibrationGroup& group) {
  std::string text = fmt::format("{} ({} clock): {}, {} that a gate would have compared\n",
                                 printable(group.scenario), clock_name(group.clock),
                                 count_of(group.runs, "run"), count_of(group.pairs, "pair"));
  text += render_judged(group);
  text += "  threshold  flagged  real  false  undecided  inconclusive  false-alarm rate (95 %)\n";
  for (const ThresholdResult& result : group.thresholds) {
    text += render_threshold(result, group.pairs);
  }
  if (!group.enough) {
    text += fmt::format(
        "  fewer than {} pairs: too few to tell how often a gate would raise a false alarm\n",
        kFewestPairs);
  }
  return text;
}

}  // namespace

std::string figure(double value) {
  // Beyond 2^53 a double has no digits to group.
  if (!(value >= 0 && value < 9e17)) return fmt::format("{:g}", value);
  const auto tenths = static_cast<std::uint64_t>(std::llround(value * 10));
  std::string text = grouped(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text;
}

std::string render_holdings(std::span<const Holding> holdings) {
  std::size_t name = 6, scenario = 8;
  for (const Holding& holding : holdings) {
    name = std::max(name, columns_of(printable(holding.key.metric)));
    scenario = std::max(scenario, columns_of(printable(holding.key.scenario)));
  }
  std::string text = left("scenario", scenario) + "  " + left("metric", name) +
                     "    runs  samples  unit (clock)\n";
  for (const Holding& holding : holdings) {
    text += left(printable(holding.key.scenario), scenario) + "  " +
            left(printable(holding.key.metric), name) +
            fmt::format("  {:>6}  {:>7}  {} ({})\n", holding.runs, holding.samples,
                        printable(holding.key.unit), clock_name(holding.key.clock));
  }
  return text;
}

std::string render_series(const NumberSeries& series, std::size_t width) {
  std::string text = printable(series.key.metric) + " of " + printable(series.key.scenario) + ", " +
                     printable(series.key.unit) + " (" + clock_name(series.key.clock) + ")\n";
  for (std::size_t i = 0; i < series.segments.size(); ++i) {
    const Segment& segment = series.segments[i];
    if (i > 0) {
      text += "-- break: another environment, not joined --\n";
      for (const std::string& one :
           differences(series.segments[i - 1].environment, segment.environment)) {
        text += "   " + printable(one) + "\n";
      }
    }
    const auto& points = segment.points;
    text += fmt::format("  {} run{}, {} to {}, {}; {}\n", points.size(),
                        points.size() == 1 ? "" : "s", day(points.front().started_at),
                        day(points.back().started_at), environment(segment.environment),
                        segment.exact ? "exact: each change is a step" : "noisy: steps by ranks");
    text += render_chart(segment, width) + render_steps(segment);
  }
  if (series.left_out > 0) {
    text += fmt::format("  {} left out, which did not pass\n", count_of(series.left_out, "run"));
  }
  return text;
}

std::string render_calibration(const Calibration& calibration) {
  std::string text;
  for (const CalibrationGroup& group : calibration.groups) text += render_group(group);
  return text;
}

}  // namespace harness::history
