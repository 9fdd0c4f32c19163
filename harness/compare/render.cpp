#include "compare/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/ansi.h"
#include "base/format.h"
#include "base/text.h"
#include "compare/figures.h"
#include "page/markdown_text.h"

namespace harness {
namespace {

constexpr double kWholeLimit = 9007199254740992.0;  // 2^53

std::string percent_of(double base, double candidate) {
  if (base == 0) return "from zero";
  const double percent = (candidate / base - 1) * 100;
  // A change that rounds to nothing is still one.
  if (candidate != base && std::abs(percent) < 0.005) return percent > 0 ? "<+0.01 %" : "<-0.01 %";
  return fmt::format("{:+.2f} %", percent);
}

std::size_t count_of_change(const Comparison& one, Change change) {
  std::size_t count = 0;
  for (const ComparedNumber& row : one.rows) count += row.change == change;
  return count;
}

/// "14 unchanged, 4 regressions"; in the order of Change.
std::string tally(const Comparison& one) {
  std::string text;
  for (std::size_t i = 0; i < kChanges; ++i) {
    const auto change = static_cast<Change>(i);
    const std::size_t count = count_of_change(one, change);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, change_name(change));
    if (count > 1 && (change == Change::regression || change == Change::improvement)) text += 's';
  }
  return text.empty() ? "nothing was compared" : text;
}

struct Style {
  const char* mark;
  std::string_view color;
};
Style style_of(const ComparedNumber& row) {
  if (row.allowed) return {" ", ""};
  switch (row.change) {
    case Change::unchanged:
      return {" ", ""};
    case Change::improvement:
      return {"✓", ansi::kGreen};
    case Change::inconclusive:
      return {"?", ansi::kYellow};
    default:
      return {"✗", ansi::kRed};
  }
}

std::string title_of(const Comparison& one) {
  if (one.base.empty() && one.candidate.empty()) return one.scenario;
  return fmt::format("{}: {} → {}", one.scenario, one.base, one.candidate);
}

std::string console_row(const ComparedNumber& row, bool color) {
  const Style style = style_of(row);
  const std::string change = std::string(style.mark) + " " + padded(change_name(row.change), 14);
  return fmt::format(
      "  {} {}: {}{}\n", ansi::paint(color && !style.color.empty(), style.color, change),
      printable(row.name), movement(row), row.detail.empty() ? "" : "; " + printable(row.detail));
}

bool is_shown(const ComparedNumber& row) {
  return row.change != Change::unchanged || !row.detail.empty();
}

}  // namespace

std::string number_of(double value) {
  if (value >= 0 && value < kWholeLimit && value == std::floor(value)) {
    return grouped(static_cast<std::uint64_t>(value));
  }
  return fmt::format("{:.4f}", value);
}

std::string movement(const ComparedNumber& row) {
  const std::string unit = row.unit.empty() ? "" : " " + printable(row.unit);
  if (!row.base || !row.candidate) {
    return number_of(row.base ? *row.base : row.candidate.value_or(0)) + unit;
  }
  if (*row.base == *row.candidate) return number_of(*row.candidate) + unit;
  const double difference = *row.candidate - *row.base;
  return fmt::format("{} → {}{} ({}{}, {})", number_of(*row.base), number_of(*row.candidate), unit,
                     difference < 0 ? "-" : "+", number_of(std::abs(difference)),
                     percent_of(*row.base, *row.candidate));
}

const char* comparison_word(ExitStatus status) {
  switch (status) {
    case ExitStatus::pass:
      return "unchanged";
    case ExitStatus::regression:
      return "regression";
    case ExitStatus::inconclusive:
      return "inconclusive";
    default:
      return "not_comparable";
  }
}

std::string comparison_console(const std::vector<Comparison>& all, bool color) {
  std::string text;
  for (const Comparison& one : all) {
    text += printable(title_of(one)) + "\n";
    for (const ComparedNumber& row : one.rows) {
      if (is_shown(row)) text += console_row(row, color);
    }
    for (const std::string& fault : one.faults) text += "  ✗ " + printable(fault) + "\n";
    for (const std::string& note : one.notes) text += "  ! " + printable(note) + "\n";
    text += fmt::format("  {}: {}\n", comparison_word(one.status), tally(one));
  }
  return text;
}

html::PageSection comparison_section(const Comparison& one) {
  using namespace html;
  const bool good = one.status == ExitStatus::pass;
  const std::string word = fmt::format("{}: {}.", comparison_word(one.status), tally(one));
  Markup body = element("p", attribute("class", good ? "note" : "reason"), escaped(word));
  for (const std::string& fault : one.faults) {
    body += element("p", " class=\"reason\"", escaped(fault));
  }
  for (const std::string& note : one.notes) body += element("p", " class=\"note\"", escaped(note));
  std::vector<Row> rows;
  // What changed is read first.
  for (const bool shown : {true, false}) {
    for (const ComparedNumber& row : one.rows) {
      if (is_shown(row) != shown) continue;
      const bool bad = style_of(row).mark == std::string_view("✗");
      rows.push_back({{escaped(change_name(row.change)), escaped(row.name), escaped(movement(row)),
                       escaped(row.detail)},
                      bad ? Literal("bad") : ""});
    }
  }
  const bool why =
      std::ranges::any_of(one.rows, [](const ComparedNumber& row) { return !row.detail.empty(); });
  std::vector<html::Column> columns = {{"Change"}, {"Number"}, {"Baseline → this run"}};
  if (why) columns.push_back({"Why"});
  for (html::Row& row : rows) row.cells.resize(columns.size());
  body += table(columns, rows);
  body += element("p", " class=\"note\"", escaped("Compared with " + one.base + "."));
  return {"baseline", "Against the baseline", body};
}

std::string comparison_markdown(const std::vector<Comparison>& all) {
  std::string text = fmt::format("# Comparison: {}\n\n", comparison_word(status_of(all)));
  for (const Comparison& one : all) {
    text += "## " + markdown_text(title_of(one)) + "\n\n";
    for (const std::string& fault : one.faults) text += "- **" + markdown_text(fault) + "**\n";
    for (const std::string& note : one.notes) text += "- " + markdown_text(note) + "\n";
    if (!one.faults.empty() || !one.notes.empty()) text += '\n';
    std::vector<std::vector<std::string>> rows;
    for (const ComparedNumber& row : one.rows) {
      if (!is_shown(row)) continue;
      rows.push_back({style_of(row).mark, change_name(row.change), markdown_text(row.name),
                      markdown_text(movement(row)), markdown_text(row.detail)});
    }
    text += markdown_table({{""}, {"Change"}, {"Number"}, {"Base → new"}, {"Why"}}, rows);
    text += fmt::format("\n{}: {}.\n\n", comparison_word(one.status), tally(one));
  }
  return text;
}

}  // namespace harness
