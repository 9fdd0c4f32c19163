// Two sides in one table, as they are: the host and a unikernel, say. Nothing is judged here; what
// differs in kind from the start cannot regress. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compare/measurements.h"
#include "stats/stats.h"

namespace harness {

/// What one side has of a number: its median, with the 95 % interval of that where there are
/// samples enough (stats.h), or why there is none.
struct SideFigure {
  std::optional<double> median;
  std::optional<stats::Interval> interval;
  std::string fault;
};

struct SideBySideRow {
  std::string name, unit;  // of the left side; the right one is converted where both are times
  std::string right_unit;  // as `unit`, or another one that cannot be converted
  SideFigure left, right;
  std::optional<double> ratio;  // right / left; unset where units differ or one is missing or 0
};

struct SideBySide {
  std::string left, right;              // sources
  std::string left_print, right_print;  // under which conditions
  std::vector<SideBySideRow> rows;      // numbers that both have, in the order of the left
  std::vector<std::string> left_only, right_only;
};

SideBySide side_by_side(const Measurements& left, const Measurements& right);

/// For a terminal, and for a report.
std::string side_by_side_console(const SideBySide& table);
std::string side_by_side_markdown(const SideBySide& table);

}  // namespace harness
