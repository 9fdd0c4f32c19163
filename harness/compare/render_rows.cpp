#include "compare/render_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "base/ansi.h"
#include "base/ranked.h"
#include "base/text.h"

namespace harness {
namespace {

/// By Change: how far up it stands.
constexpr std::array<int, kChanges> kRank = {9, 6, 0, 5, 2, 3, 4, 1, 7, 1};

int rank_of(const ComparedNumber& row) {
  if (!is_shown(row)) return 10;
  return row.shown_only || row.allowed ? std::max(8, kRank[static_cast<std::size_t>(row.change)])
                                       : kRank[static_cast<std::size_t>(row.change)];
}

}  // namespace

RowStyle style_of(const ComparedNumber& row) {
  if (row.allowed || row.shown_only) return {" ", ""};
  switch (row.change) {
    case Change::unchanged:
    case Change::skipped:
      return {" ", ""};
    case Change::improvement:
      return {"✓", ansi::kGreen};
    case Change::inconclusive:
      return {"?", ansi::kYellow};
    default:
      return {"✗", ansi::kRed};
  }
}

bool is_shown(const ComparedNumber& row) {
  return row.change != Change::unchanged || !row.detail.empty();
}

namespace {

/// By what share it changed: a number that holds another, as a total holds its parts, changes by a
/// smaller one.
double change_of(const ComparedNumber& row) {
  if (row.change != Change::regression && row.change != Change::improvement) return 0;
  if (!row.base || !row.candidate || *row.base == 0) return std::numeric_limits<double>::max();
  return std::abs(*row.candidate / *row.base - 1);
}

}  // namespace

std::vector<const ComparedNumber*> worst_first(const Comparison& one) {
  std::vector<const ComparedNumber*> rows;
  rows.reserve(one.rows.size());
  for (const ComparedNumber& row : one.rows) rows.push_back(&row);
  return ranked(std::move(rows), [](const ComparedNumber* row) {
    // What a build grew by is the least of it.
    const bool size = row->name.starts_with("size ");
    return std::tuple(rank_of(*row), size, -change_of(*row));
  });
}

std::string tally_of(const Comparison& one) {
  std::array<std::size_t, kChanges> counts{};
  std::size_t shown_only = 0;
  for (const ComparedNumber& row : one.rows) {
    ++(row.shown_only ? shown_only : counts[static_cast<std::size_t>(row.change)]);
  }
  std::string text;
  const auto add = [&](std::size_t count, std::string_view what) {
    if (count == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
  };
  for (std::size_t i = 0; i < kChanges; ++i) {
    const auto change = static_cast<Change>(i);
    const bool noun = change == Change::regression || change == Change::improvement;
    add(counts[i], std::string(change_name(change)) + (noun && counts[i] > 1 ? "s" : ""));
  }
  add(shown_only, "shown only");
  return text.empty() ? "nothing was compared" : text;
}

std::string commits_of(const Comparison& one) {
  const bool moved = std::ranges::any_of(
      one.rows, [](const ComparedNumber& row) { return row.change != Change::unchanged; });
  if (!moved || (one.base_commit.empty() && one.candidate_commit.empty())) return {};
  const auto shown = [](const std::string& commit) {
    constexpr std::size_t kDigits = 10;
    if (commit.empty()) return std::string("not known");
    return printable(commit.substr(0, kDigits)) + (commit.ends_with('+') ? "+" : "");
  };
  return fmt::format("commit {} → {}", shown(one.base_commit), shown(one.candidate_commit));
}

std::string title_of(const Comparison& one) {
  if (one.base.empty() && one.candidate.empty()) return one.scenario;
  return fmt::format("{}: {} → {}", one.scenario, one.base, one.candidate);
}

}  // namespace harness
