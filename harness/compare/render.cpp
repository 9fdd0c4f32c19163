#include "compare/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/ansi.h"
#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "compare/figures.h"
#include "compare/render_rows.h"

namespace harness {
namespace {

/// Of all comparisons together; a quarter of a million lines tell nobody anything.
constexpr std::size_t kConsoleRows = 100;

constexpr double kWholeLimit = 9007199254740992.0;  // 2^53

std::string console_row(const ComparedNumber& row, bool color) {
  const RowStyle style = style_of(row);
  const std::string change = std::string(style.mark) + " " + padded(change_name(row.change), 14);
  return fmt::format("  {} {}: {}{}{}\n",
                     ansi::paint(color && !style.color.empty(), style.color, change),
                     printable(row.name), movement(row), row.detail.empty() ? "" : "; ",
                     shortened(printable(row.detail), kDetailBytes));
}

/// The function that moved first, and a few that did, too.
std::string moved_lines(const Comparison& one) {
  std::string text;
  for (std::size_t i = 0; i < std::min(one.moved.size(), kMovedShown); ++i) {
    text += fmt::format("  {} {}\n", i == 0 ? "moved:" : "then:", printable(one.moved[i]));
  }
  return text;
}

/// The first few of faults or notes, each on a line of its own.
std::string console_lines(const std::vector<std::string>& lines, const char* mark) {
  std::string text;
  for (const std::string& line : std::span(lines).first(std::min(lines.size(), kListed))) {
    text += fmt::format("  {} {}\n", mark, shortened(printable(line), kDetailBytes));
  }
  if (lines.size() > kListed) {
    text += fmt::format("  {} and {} more\n", mark, grouped(lines.size() - kListed));
  }
  return text;
}

}  // namespace

std::string number_of(double value) {
  if (value >= 0 && value < kWholeLimit && value == std::floor(value)) {
    return grouped(static_cast<std::uint64_t>(value));
  }
  // All 300 digits of a number that a broken counter has left tell nobody more.
  return std::abs(value) < kWholeLimit ? fmt::format("{:.4f}", value)
                                       : fmt::format("{:.6g}", value);
}

std::string percent_of(double base, double candidate) {
  if (base == 0) return "from zero";
  const double percent = (candidate / base - 1) * 100;
  // A change that rounds to nothing is still one.
  if (candidate != base && std::abs(percent) < 0.005) return percent > 0 ? "<+0.01 %" : "<-0.01 %";
  return std::abs(percent) < kWholeLimit ? fmt::format("{:+.2f} %", percent)
                                         : fmt::format("{:+.3g} %", percent);
}

std::string movement(const ComparedNumber& row) {
  const std::string unit = row.unit.empty() ? "" : " " + printable(row.unit);
  if (!row.base && !row.candidate) return "no number";
  if (!row.base || !row.candidate) return number_of(row.base ? *row.base : *row.candidate) + unit;
  if (*row.base == *row.candidate) return number_of(*row.candidate) + unit;
  const double difference = *row.candidate - *row.base;
  return fmt::format("{} → {}{} ({}{}, {})", number_of(*row.base), number_of(*row.candidate), unit,
                     difference < 0 ? "-" : "+", number_of(std::abs(difference)),
                     percent_of(*row.base, *row.candidate));
}

namespace {

bool has_improvement(const Comparison& comparison) {
  return std::ranges::any_of(comparison.rows, [](const ComparedNumber& row) {
    return row.change == Change::improvement && !row.shown_only;
  });
}

const char* word_of(ExitStatus status, bool improved) {
  switch (status) {
    case ExitStatus::pass:
      return improved ? "improvement" : "unchanged";
    case ExitStatus::regression:
      return "regression";
    case ExitStatus::inconclusive:
      return "inconclusive";
    default:
      return "not_comparable";
  }
}

}  // namespace

const char* comparison_word(const Comparison& comparison) {
  return word_of(comparison.status, has_improvement(comparison));
}

const char* comparison_word(const std::vector<Comparison>& all) {
  return word_of(status_of(all), std::ranges::any_of(all, has_improvement));
}

std::string comparison_console(const std::vector<Comparison>& all, bool color) {
  std::string text;
  std::size_t rows_left = kConsoleRows;
  for (const Comparison& one : all) {
    text += printable(title_of(one)) + "\n";
    if (const std::string commits = commits_of(one); !commits.empty())
      text += "  " + commits + "\n";
    text += moved_lines(one);
    const std::vector<const ComparedNumber*> rows = worst_first(one);
    const auto end = std::ranges::find_if_not(rows, is_shown,
                                              [](const auto* row) -> const auto& { return *row; });
    const auto shown = static_cast<std::size_t>(end - rows.begin());
    const std::size_t printed = std::min(shown, rows_left);
    for (std::size_t i = 0; i < printed; ++i) text += console_row(*rows[i], color);
    rows_left -= printed;
    if (printed < shown) {
      text += fmt::format("    and {} more, less serious ones; --json has all\n",
                          grouped(shown - printed));
    }
    text += console_lines(one.faults, "✗") + console_lines(one.notes, "!");
    text += fmt::format("  {}: {}\n", comparison_word(one), tally_of(one));
  }
  return text;
}

std::string comparison_reason(const Comparison& one) {
  if (one.status == ExitStatus::pass) return {};
  if (!one.faults.empty()) return one.faults.front();
  const std::vector<const ComparedNumber*> rows = worst_first(one);
  const auto failed =
      std::ranges::count_if(one.rows, [](const ComparedNumber& row) { return !passes(row); });
  if (rows.empty() || failed == 0) return {};
  const ComparedNumber& first = *rows.front();
  std::string text = one.moved.empty() ? "" : one.moved.front() + "; so ";
  if (first.change != Change::regression) text += std::string(change_name(first.change)) + ": ";
  text += first.name + ": " + movement(first);
  if (!first.detail.empty()) text += "; " + first.detail;
  if (failed > 1) text += fmt::format(", and {} more", failed - 1);
  return text;
}

std::string comparison_verdict(const std::vector<Comparison>& all) {
  std::string text;
  for (const Comparison& one : all) {
    const std::string why = one.faults.empty() ? tally_of(one) : one.faults.front();
    text += fmt::format("{}: {}: {}\n", printable(one.scenario), comparison_word(one),
                        shortened(printable(why), kDetailBytes));
  }
  return text;
}

}  // namespace harness
