// The answer of a comparison, without how it was found.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "ab_test/counted.h"
#include "ab_test/render.h"
#include "base/format.h"
#include "base/ranked.h"
#include "base/text.h"

namespace harness::ab {
namespace {

constexpr std::size_t kBriefRows = 3;
constexpr int kInconclusive = 2, kUnchanged = 3, kNotJudged = 4;

/// What matters most stands first.
int weight(const AbRow& row) {
  if (row.not_judged) return kNotJudged;
  switch (row.decision.outcome) {
    case stats::Conclusion::regression:
      return 0;
    case stats::Conclusion::improvement:
      return 1;
    case stats::Conclusion::inconclusive:
      return kInconclusive;
    case stats::Conclusion::unchanged:
      break;
  }
  return kUnchanged;
}

std::string brief_number(double value) {
  return value < 1000 ? fmt::format("{:.4g}", value) : number_text(std::round(value));
}

std::string outcome_of(const AbRow& row) {
  return row.not_judged ? "not judged" : conclusion_name(row.decision.outcome);
}

std::string brief_row(const AbRow& row, ClockKind clock) {
  std::string text = fmt::format("  {}: {}: {} → {}{}", outcome_of(row), printable(row.name),
                                 brief_number(row.decision.base_median),
                                 brief_number(row.decision.candidate_median),
                                 row.unit.empty() ? "" : " " + printable(row.unit));
  if (row.not_judged || row.decision.base_median == 0) return text + "\n";
  const stats::Ratio& ratio = row.decision.ratio;
  const auto percent = [](double value) { return fmt::format("{:+.2f}", (value - 1) * 100); };
  if (clock == ClockKind::counted) {
    return text + fmt::format(" ({} %)\n",
                              percent(row.decision.candidate_median / row.decision.base_median));
  }
  text += fmt::format(", {} %", percent(ratio.value));
  if (std::isfinite(ratio.interval.high)) {
    text += fmt::format(" ({}..{})", percent(ratio.interval.low), percent(ratio.interval.high));
  }
  return text + "\n";
}

/// What counted boots say of the numbers that are shown: a few lines.
std::string counted_of(const std::vector<const AbRow*>& rows, std::size_t shown) {
  std::vector<AbRow> some;
  some.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i) some.push_back(*rows[i]);
  const std::string lines = counted_lines(some);
  std::size_t end = 0;
  for (std::size_t i = 0; i < kBriefRows && end < lines.size(); ++i) {
    end = std::min(lines.find('\n', end), lines.size() - 1) + 1;
  }
  return lines.substr(0, end);
}

/// "2 regressions, 8 unchanged", in the order of their weight.
std::string tally_of(std::span<const AbRow* const> rows) {
  std::map<int, std::pair<std::string, std::size_t>> counts;
  for (const AbRow* row : rows) {
    auto& [name, count] = counts[weight(*row)];
    name = outcome_of(*row);
    ++count;
  }
  std::string text;
  for (const auto& [order, named] : counts) {
    const bool noun = named.first == "regression" || named.first == "improvement";
    text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", named.second, named.first,
                        noun && named.second > 1 ? "s" : "");
  }
  return text;
}

std::string rest_of(const std::vector<const AbRow*>& rows, std::size_t shown) {
  if (shown == rows.size()) return {};
  return fmt::format("  {} more: {} (--verbose has all)\n", rows.size() - shown,
                     tally_of(std::span(rows).subspan(shown)));
}

std::vector<const AbRow*> weightiest_first(const AbResult& result) {
  std::vector<const AbRow*> rows;
  rows.reserve(result.rows.size());
  for (const AbRow& row : result.rows) rows.push_back(&row);
  return ranked(std::move(rows), [](const AbRow* row) { return weight(*row); });
}

}  // namespace

std::string render_brief(const AbResult& result) {
  const std::vector<const AbRow*> rows = weightiest_first(result);
  std::string text = fmt::format("{}: base {}, new {}\n", printable(result.scenario),
                                 printable(result.base), printable(result.candidate));
  std::size_t shown = 0;
  // One that is unchanged stands there only where all are.
  while (shown < std::min(rows.size(), kBriefRows) &&
         (shown == 0 || weight(*rows[shown]) < kUnchanged)) {
    text += brief_row(*rows[shown++], result.clock);
  }
  text += counted_of(rows, shown) + rest_of(rows, shown);
  if (result.clock == ClockKind::host) {
    text += fmt::format(
        "{} pairs of boots in {:.1f} s, host clock, {}; {}; at most {:.3g} % of "
        "such comparisons raise a false alarm\n",
        result.pairs, result.seconds, result.accel, result.ended, result.alpha * 100);
  } else {
    text += fmt::format("{} boots of each, every instruction counted\n", result.pairs);
  }
  if (!rows.empty() && weight(*rows.front()) == kInconclusive) {
    text +=
        fmt::format("why: {}: {}\n", printable(rows.front()->name), rows.front()->decision.reason);
  }
  return text + fmt::format("verdict: {}\n", conclusion_name(overall(result.rows)));
}

std::string render_verdict(const AbResult& result) {
  return fmt::format("{}: {}: {}\n", printable(result.scenario),
                     conclusion_name(overall(result.rows)), tally_of(weightiest_first(result)));
}

}  // namespace harness::ab
