// A comparison as a part of report.html: a table that can be sorted, searched and filtered.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/format.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "compare/render_rows.h"
#include "page/page.h"

namespace harness {
namespace {

/// By how it is shown: what a box above the table shows or hides.
enum class RowKind { worse, better, other, same };
struct KindStyle {
  html::Literal style, label;
};
constexpr KindStyle kKindStyles[] = {{"bad worse", "worse or missing"},
                                     {"better", "better"},
                                     {"other", "other"},
                                     {"same", "unchanged"}};

RowKind kind_of(const ComparedNumber& row) {
  if (!is_shown(row)) return RowKind::same;
  const std::string_view mark = style_of(row).mark;
  if (mark == "✗") return RowKind::worse;
  return mark == "✓" ? RowKind::better : RowKind::other;
}

html::Markup number_cell(std::optional<double> value) {
  return value ? html::number(*value, html::escaped(number_of(*value))) : html::Markup();
}

html::Row baseline_row(const ComparedNumber& row) {
  using namespace html;
  Markup delta, percent;
  if (row.base && row.candidate && *row.base != *row.candidate) {
    const double by = *row.candidate - *row.base;
    delta = number(by, escaped((by < 0 ? "-" : "+") + number_of(std::abs(by))));
    const std::string text = percent_of(*row.base, *row.candidate);
    percent = *row.base == 0 ? escaped(text)
                             : number(*row.candidate / *row.base - 1,
                                      escaped(text.substr(0, text.rfind(" %"))));
  }
  return {{escaped(change_name(row.change)), breakable(row.name), number_cell(row.base),
           number_cell(row.candidate), delta, percent, breakable(row.unit), breakable(row.detail)},
          kKindStyles[static_cast<std::size_t>(kind_of(row))].style};
}

/// A box for each kind of rows that there is. What did not change is folded where something did.
std::vector<html::RowFilter> filters_of(const Comparison& one) {
  constexpr html::Literal kClasses[] = {"worse", "better", "other", "same"};
  std::array<std::size_t, std::size(kKindStyles)> counts{};
  for (const ComparedNumber& row : one.rows) ++counts[static_cast<std::size_t>(kind_of(row))];
  const bool moved = counts[static_cast<std::size_t>(RowKind::same)] < one.rows.size();
  std::vector<html::RowFilter> filters;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    filters.push_back({kClasses[i], kKindStyles[i].label,
                       !(moved && i == static_cast<std::size_t>(RowKind::same))});
  }
  return filters;
}

/// The function that moved first, and folded those that did, too.
html::Markup moved_markup(const Comparison& one) {
  using namespace html;
  if (one.moved.empty()) return {};
  Markup body = element("p", "Moved: " + element("b", breakable(one.moved.front())));
  if (one.moved.size() == 1) return body;
  Markup others;
  for (std::size_t i = 1; i < one.moved.size(); ++i) {
    others += element("li", breakable(one.moved[i]));
  }
  const std::string title = "What moved then: " + count_of(one.moved.size() - 1, "function");
  return body + element("details", element("summary", escaped(title)) + element("ul", others));
}

}  // namespace

html::PageSection comparison_section(const Comparison& one) {
  using namespace html;
  const bool good = one.status == ExitStatus::pass;
  const std::string word = fmt::format("{}: {}.", comparison_word(one), tally_of(one));
  Markup body = element("p", attribute("class", good ? "note" : "reason"), escaped(word));
  for (const std::string& fault : one.faults) {
    body += element("p", " class=\"reason\"", escaped(fault));
  }
  body += moved_markup(one);
  for (const std::string& note : one.notes) body += element("p", " class=\"note\"", escaped(note));
  std::vector<html::Row> rows;
  for (const ComparedNumber* row : worst_first(one)) rows.push_back(baseline_row(*row));
  const bool why =
      std::ranges::any_of(one.rows, [](const ComparedNumber& row) { return !row.detail.empty(); });
  std::vector<html::Column> columns = {{"Change"},    {"Number"},      {"Before", true},
                                       {"Now", true}, {"Delta", true}, {"%", true},
                                       {"Unit"}};
  if (why) columns.push_back({"Why"});
  for (html::Row& row : rows) row.cells.resize(columns.size());
  if (!rows.empty()) body += table_tools("baseline", "Search the numbers", filters_of(one));
  body += table(columns, rows, {.sortable = true});
  const std::string commits = commits_of(one);
  body += element(
      "p", " class=\"note\"",
      escaped("Compared with " + one.base + (commits.empty() ? "." : ", " + commits + ".")));
  return {"baseline", "Against the baseline", body};
}

}  // namespace harness
