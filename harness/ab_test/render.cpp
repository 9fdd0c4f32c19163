#include "ab_test/render.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "ab_test/counted.h"
#include "base/text.h"

namespace harness::ab {
namespace {

using stats::Interval;

std::string number(double value) {
  return value < 1000 ? fmt::format("{:.4g}", value) : fmt::format("{:.0f}", value);
}

std::string percent(double ratio) { return fmt::format("{:+.2f}", (ratio - 1) * 100); }

/// "341536 [340366..342810]": a median and its 95 % interval.
std::string with_interval(const std::vector<double>& samples) {
  const Interval interval = stats::bootstrap_median(samples);
  return fmt::format("{} [{}..{}]", number(stats::median(samples)), number(interval.low),
                     number(interval.high));
}

/// "+0.37 (-0.10..+0.92)"
std::string ratio_text(const AbRow& row) {
  if (row.not_judged) return "-";
  const stats::Ratio& ratio = row.decision.ratio;
  if (!std::isfinite(ratio.interval.high)) return percent(ratio.value) + " (no bounds)";
  return fmt::format("{} ({}..{})", percent(ratio.value), percent(ratio.interval.low),
                     percent(ratio.interval.high));
}

/// Why a number has no verdict, a line each.
std::string open_questions(const std::vector<AbRow>& rows) {
  std::string text;
  for (const AbRow& row : rows) {
    if (row.decision.outcome != stats::Conclusion::inconclusive) continue;
    text += fmt::format("{} '{}': {}\n", row.not_judged ? "not judged:" : "inconclusive:", row.name,
                        row.decision.reason);
  }
  return text;
}

struct Widths {
  std::size_t name = 4, base = 4, candidate = 3;
};

std::string host_table(const AbResult& result) {
  Widths width;
  std::vector<std::pair<std::string, std::string>> medians;
  for (const AbRow& row : result.rows) {
    medians.emplace_back(with_interval(row.base), with_interval(row.candidate));
    width.name = std::max(width.name, row.name.size());
    width.base = std::max(width.base, medians.back().first.size());
    width.candidate = std::max(width.candidate, medians.back().second.size());
  }
  std::string text = fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:<24}  {:>5}  {:>5}  verdict\n",
                                 "name", width.name, "base", width.base, "new", width.candidate,
                                 "new/base % (interval)", "delta", "outl.");
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const AbRow& row = result.rows[i];
    const stats::Decision& decision = row.decision;
    const std::size_t outliers =
        stats::outliers(row.base).size() + stats::outliers(row.candidate).size();
    text += fmt::format("  {:<{}}  {:<{}}  {:<{}}  {:<24}  {:>+5.2f}  {:>5}  {}\n", row.name,
                        width.name, medians[i].first, width.base, medians[i].second,
                        width.candidate, ratio_text(row), decision.delta, outliers,
                        row.not_judged ? "not judged" : conclusion_name(decision.outcome));
  }
  return text;
}

std::string counted_table(const AbResult& result) {
  std::size_t width = 4;
  for (const AbRow& row : result.rows) width = std::max(width, row.name.size());
  std::string text;
  for (const AbRow& row : result.rows) {
    text += fmt::format("  {:<{}}  {:>12} {:>12}  {:<12}  {}\n", row.name, width,
                        number(row.decision.base_median), number(row.decision.candidate_median),
                        conclusion_name(row.decision.outcome), row.decision.reason);
  }
  return text;
}

std::string warm_up_line(const AbResult& result) {
  std::string text = "first boot of each, not used:";
  for (const AbRow& row : result.warm_up) {
    if (row.base.empty() || row.candidate.empty()) continue;
    text += fmt::format(" {} {} / {};", row.name, number(row.base.front()),
                        number(row.candidate.front()));
  }
  text.pop_back();
  return text + "\n";
}

}  // namespace

std::string render_text(const AbResult& result) {
  const bool host = result.clock == ClockKind::host;
  std::string text =
      fmt::format("{}: base {} against new {}, {} clock, accel {}\n", result.scenario, result.base,
                  result.candidate, clock_name(result.clock), result.accel);
  text += host ? host_table(result) : counted_table(result);
  if (host) {
    text += open_questions(result.rows) + counted_lines(result.rows);
    if (!result.not_counted.empty()) text += "not counted: " + printable(result.not_counted) + "\n";
    text += warm_up_line(result);
    text += fmt::format(
        "{} pairs of boots in {:.1f} s, order ABBA; {}. Medians: 95 % bootstrap interval. Ratio:\n"
        "paired, its interval at the level of the verdict. All verdicts together are a false alarm "
        "in at\nmost {:.3g} % of comparisons (looks: {}, numbers: {}). outl.: samples "
        "beyond 3 IQR, all used.\n"
        "Unchanged: the whole interval lies within {:.3g} %.\n",
        result.pairs, result.seconds, result.ended, result.alpha * 100, result.looks,
        result.rows.size(), result.margin * 100);
  }
  return text + fmt::format("verdict: {}\n", conclusion_name(overall(result.rows)));
}

}  // namespace harness::ab
