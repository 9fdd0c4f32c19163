#include "compare/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/format.h"
#include "base/listing.h"
#include "base/text.h"
#include "compare/series_index.h"
#include "formats/units.h"
#include "page/markdown_text.h"

namespace harness {
namespace {

constexpr std::size_t kFewestForInterval = 5;

/// By what a number in `from` is to be multiplied; unset where it cannot be said in `to`.
std::optional<double> factor(std::string_view from, std::string_view to) {
  const std::optional<Factor> exact = factor_between(from, to);
  if (!exact) return std::nullopt;
  return static_cast<double>(exact->num) / static_cast<double>(exact->den);
}

SideFigure figure_of(const Series& series, double times) {
  SideFigure figure;
  figure.fault = series.skipped ? "skipped: " + *series.skipped : series.fault;
  if (figure.fault.empty() && series.samples.empty()) figure.fault = "no sample";
  if (!figure.fault.empty()) return figure;
  std::vector<double> samples = series.samples;
  for (double& sample : samples) sample *= times;
  figure.median = stats::median(samples);
  if (series.noisy && samples.size() >= kFewestForInterval) {
    figure.interval = stats::bootstrap_median(samples);
  }
  return figure;
}

SideBySideRow row_of(const Series& left, const Series& right) {
  SideBySideRow row{
      .name = left.name, .unit = left.unit, .right_unit = {}, .left = {}, .right = {}, .ratio = {}};
  const std::optional<double> times = factor(right.unit, left.unit);
  row.right_unit = times ? left.unit : right.unit;
  row.left = figure_of(left, 1);
  row.right = figure_of(right, times.value_or(1));
  if (times && row.left.median && row.right.median && *row.left.median > 0) {
    row.ratio = *row.right.median / *row.left.median;
  }
  return row;
}

std::string print_of(const Measurements& side) {
  std::string text;
  for (const auto& [name, value] : side.fingerprint) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, value);
  }
  if (!side.fault.empty()) text += fmt::format("{}{}", text.empty() ? "" : "; ", side.fault);
  return text;
}

/// Four significant digits below a thousand, whole from there on.
std::string short_number(double value) {
  if (std::abs(value) >= 1000 && std::abs(value) < 1e15) {
    return (value < 0 ? "-" : "") +
           grouped(static_cast<std::uint64_t>(std::llround(std::abs(value))));
  }
  return fmt::format("{:.4g}", value);
}

std::string text_of(const SideFigure& figure, const std::string& unit) {
  if (!figure.median) return figure.fault;
  std::string text = short_number(*figure.median) + " " + unit;
  if (figure.interval) {
    text += fmt::format(" [{}..{}]", short_number(figure.interval->low),
                        short_number(figure.interval->high));
  }
  return text;
}

std::string ratio_text(const SideBySideRow& row) {
  return row.ratio ? short_number(*row.ratio) : "-";
}

std::string names_of(const std::vector<std::string>& names) {
  std::vector<std::string> harmless;
  harmless.reserve(names.size());
  for (const std::string& name : names) harmless.push_back(printable(name));
  return listed(harmless);
}

using Cells = std::array<std::string, 4>;

std::vector<Cells> cells_of(const SideBySide& table) {
  std::vector<Cells> cells;
  cells.reserve(table.rows.size());
  for (const SideBySideRow& row : table.rows) {
    cells.push_back({printable(row.name), printable(text_of(row.left, row.unit)),
                     printable(text_of(row.right, row.right_unit)), ratio_text(row)});
  }
  return cells;
}

}  // namespace

SideBySide side_by_side(const Measurements& left, const Measurements& right) {
  SideBySide table{.left = left.source,
                   .right = right.source,
                   .left_print = print_of(left),
                   .right_print = print_of(right),
                   .rows = {},
                   .left_only = {},
                   .right_only = {}};
  SeriesIndex lefts(left), rights(right);
  for (const Series& series : left.series) {
    if (const Series* other = rights.find(series.name)) {
      table.rows.push_back(row_of(series, *other));
    } else if (!series.is_part) {
      table.left_only.push_back(series.name);
    }
  }
  for (const Series& series : right.series) {
    // Of a benchmark its main number stands for the others.
    const bool alone = !series.is_part && !lefts.find(series.name);
    if (alone) table.right_only.push_back(series.name);
  }
  return table;
}

std::string side_by_side_console(const SideBySide& table) {
  std::string text = fmt::format("left:  {} ({})\nright: {} ({})\n", printable(table.left),
                                 printable(table.left_print), printable(table.right),
                                 printable(table.right_print));
  std::vector<Cells> cells = {{"", "left", "right", "right / left"}};
  std::ranges::move(cells_of(table), std::back_inserter(cells));
  std::array<std::size_t, 4> widths{};
  for (const Cells& row : cells) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  for (const Cells& row : cells) {
    text += "  " + padded(row[0], widths[0]);
    for (std::size_t i = 1; i < row.size(); ++i) {
      text += "  " + std::string(widths[i] - display_width(row[i]), ' ') + row[i];
    }
    text += '\n';
  }
  if (!table.left_only.empty()) text += "  left only:  " + names_of(table.left_only) + "\n";
  if (!table.right_only.empty()) text += "  right only: " + names_of(table.right_only) + "\n";
  return text;
}

std::string side_by_side_markdown(const SideBySide& table) {
  std::string text = fmt::format("# Side by side\n\n- left: {} ({})\n- right: {} ({})\n",
                                 markdown_text(table.left), markdown_text(table.left_print),
                                 markdown_text(table.right), markdown_text(table.right_print));
  if (!table.left_only.empty()) {
    text += "- left only: " + markdown_text(names_of(table.left_only)) + "\n";
  }
  if (!table.right_only.empty()) {
    text += "- right only: " + markdown_text(names_of(table.right_only)) + "\n";
  }
  std::vector<std::vector<std::string>> rows;
  for (const Cells& row : cells_of(table)) {
    rows.emplace_back();
    for (const std::string& cell : row) rows.back().push_back(markdown_text(cell));
  }
  return text + "\n" +
         markdown_table({{"Number"}, {"Left", true}, {"Right", true}, {"Right / left", true}},
                        rows);
}

}  // namespace harness
