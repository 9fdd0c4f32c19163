#include "history/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/format.h"
#include "base/text.h"
#include "history/chart.h"
#include "page/page.h"
#include "stats/stats.h"

namespace harness::history {
namespace {

using namespace html;
using Json = nlohmann::ordered_json;

/// The first ten digits, and "+" where files differed from the commit.
std::string commit_text(const Revision& revision) {
  if (revision.commit.empty()) return "no commit";
  return revision.commit.substr(0, 10) + (revision.dirty ? "+" : "");
}

std::vector<double> values_of(const Segment& segment) {
  std::vector<double> values;
  values.reserve(segment.points.size());
  for (const Point& point : segment.points) values.push_back(point.value);
  return values;
}

/// The level that the point at `at` belongs to.
double level_at(const Segment& segment, std::size_t at) {
  if (segment.change_points.empty()) return stats::median(values_of(segment));
  double level = segment.change_points.front().before;
  for (const stats::ChangePoint& step : segment.change_points) {
    if (step.at <= at) level = step.after;
  }
  return level;
}

Json point_json(const Point& point, double level) {
  const auto [low, high] = std::ranges::minmax(point.samples, {}, &Sample::value);
  return {{"value", point.value},
          {"low", low.value},
          {"high", high.value},
          {"level", level},
          {"time", printable(point.started_at)},
          {"commit", printable(commit_text(point.revision))}};
}

std::string words_of(const NumberSeries& series) {
  std::size_t runs = 0, steps = 0;
  for (const Segment& segment : series.segments) {
    runs += segment.points.size();
    steps += segment.change_points.size();
  }
  return fmt::format("{}, {}; {} ({} clock)", count_of(runs, "run"), count_of(steps, "step"),
                     series.key.unit, clock_name(series.key.clock));
}

Json series_json(const NumberSeries& series) {
  Json points = Json::array(), steps = Json::array();
  for (const Segment& segment : series.segments) {
    // Nothing joins two environments.
    if (!points.empty()) points.push_back(Json::object());
    for (const stats::ChangePoint& step : segment.change_points)
      steps.push_back(points.size() + step.at + 1);
    for (std::size_t at = 0; at < segment.points.size(); ++at) {
      points.push_back(point_json(segment.points[at], level_at(segment, at)));
    }
  }
  return {{"name", printable(series.key.scenario + ": " + series.key.metric)},
          {"words", printable(words_of(series))},
          {"points", points},
          {"steps", steps}};
}

Markup step_table(const Segment& segment) {
  std::vector<Row> rows;
  for (const stats::ChangePoint& step : segment.change_points) {
    const Point& after = segment.points[step.at];
    const Point& before = segment.points[step.at - 1];
    const std::string change = step.before == 0
                                   ? "from zero"
                                   : fmt::format("{:+.2f} %", (step.after / step.before - 1) * 100);
    rows.push_back({{moment(after.started_at), escaped(figure(step.before)),
                     escaped(figure(step.after)), escaped(change),
                     element("code", escaped(commit_text(before.revision) + " → " +
                                             commit_text(after.revision))),
                     escaped(segment.exact ? "exact" : fmt::format("{:.3f}", step.p))}});
  }
  return table(
      {{"Since"}, {"Before", true}, {"After", true}, {"Change", true}, {"Commits"}, {"p", true}},
      rows);
}

std::string environment_text(const Fingerprint& print) {
  std::string text = print.arch + " " + print.model + ", " + print.accel;
  if (!print.qemu_version.empty()) text += ", QEMU " + print.qemu_version;
  if (!print.compiler.empty()) text += ", " + print.compiler;
  if (!print.host.empty()) text += "; on " + print.host;
  return text;
}

/// What distinguishes this series from the others of the page.
std::string heading_of(const NumberSeries& series) {
  return fmt::format("{} of {}, {} ({} clock)", series.key.metric, series.key.scenario,
                     series.key.unit.empty() ? "no unit" : series.key.unit,
                     clock_name(series.key.clock));
}

Markup series_body(const NumberSeries& series, std::size_t index) {
  Markup body = chart_place(fmt::format("series-{}", index));
  for (std::size_t i = 0; i < series.segments.size(); ++i) {
    const Segment& segment = series.segments[i];
    std::string words =
        fmt::format("{}: {} on {}", heading_of(series), count_of(segment.points.size(), "run"),
                    environment_text(segment.environment));
    if (i > 0) {
      for (const std::string& one :
           differences(series.segments[i - 1].environment, segment.environment)) {
        words += "; " + one;
      }
    }
    words += segment.change_points.empty() ? ": no step" : ":";
    body += element("p", " class=\"note\"", escaped(words)) + step_table(segment);
  }
  if (series.left_out != 0) {
    body += element("p", " class=\"note\"",
                    escaped(count_of(series.left_out, "run") + " left out, which did not pass"));
  }
  return body;
}

bool has_step(const NumberSeries& series) {
  return std::ranges::any_of(series.segments,
                             [](const Segment& segment) { return !segment.change_points.empty(); });
}

}  // namespace

HistoryPart render_series_part(std::span<const NumberSeries> series) {
  HistoryPart part{{"history", "History", {}}, {}};
  if (series.empty()) return part;
  Json charts = Json::array();
  Markup body;
  std::size_t stepped = 0;
  for (const NumberSeries& one : series) {
    if (!has_step(one) || ++stepped > kMaxParts) continue;
    body += series_body(one, charts.size());
    charts.push_back(series_json(one));
  }
  std::string note = fmt::format("Past runs of this scenario: {} kept their level, {} stepped.",
                                 count_of(series.size() - stepped, "number"), grouped(stepped));
  if (stepped > charts.size()) note += fmt::format(" The first {} are shown.", charts.size());
  part.section.body = element("p", " class=\"note\"", escaped(note)) + body;
  if (!charts.empty()) part.chart_data = Json{{"series", charts}}.dump();
  return part;
}

std::string render_series_html(std::span<const NumberSeries> series) {
  Page page;
  Json charts = Json::array();
  Markup body;
  for (std::size_t i = 0; i < series.size(); ++i) {
    charts.push_back(series_json(series[i]));
    body += series_body(series[i], i);
  }
  const std::string metric = series.empty() ? "" : series.front().key.metric;
  page.title = metric + ": history";
  page.headline = element("h1", escaped(metric)) +
                  "<p class=\"about\">Past runs in the order of time. A dashed line is a step: the "
                  "number keeps another level from there on.</p>";
  page.sections = {{"history", "History", body}};
  page.data = Json{{"series", charts}}.dump();
  page.version = UNIHARNESS_VERSION;
  return render(page);
}

}  // namespace harness::history
