// A comparison as a comment of a pull request, which holds 65,536 characters: what failed stands
// first, and what does not fit is counted.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/format.h"
#include "base/listing.h"
#include "base/ranked.h"
#include "base/text.h"
#include "compare/figures.h"
#include "compare/render.h"
#include "compare/render_rows.h"
#include "page/markdown_text.h"

namespace harness {
namespace {

constexpr std::size_t kTitleBytes = 300;

/// Text with an end. What is announced is kept free for it.
class Bounded {
 public:
  explicit Bounded(std::size_t most) : most_(most) {}
  /// False, and nothing is added, where it does not fit beside what is kept free.
  bool add(std::string_view part, std::size_t keep_free) {
    if (text_.size() + part.size() + keep_free > most_) return false;
    text_ += part;
    return true;
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  std::size_t most_;
  std::string text_;
};

std::string cut_cell(std::string_view untrusted, std::size_t most) {
  return markdown_text(shortened(printable(untrusted), most));
}

std::string first_lines(const std::vector<std::string>& lines, std::string_view around) {
  std::string text;
  for (const std::string& line : std::span(lines).first(std::min(lines.size(), kListed))) {
    text += fmt::format("- {}{}{}\n", around, cut_cell(line, kDetailBytes), around);
  }
  if (lines.size() > kListed) {
    text += fmt::format("- and {} more\n", grouped(lines.size() - kListed));
  }
  return text;
}

std::string line_of_row(const ComparedNumber& row) {
  return markdown_table_row({style_of(row).mark, change_name(row.change),
                             cut_cell(row.name, kTitleBytes), markdown_text(movement(row)),
                             cut_cell(row.detail, kDetailBytes)});
}

/// Title, what moved, faults, notes and verdict of one comparison.
std::string head_of(const Comparison& one, const std::string& title) {
  std::string text = "## " + title + "\n\n";
  std::string lines;
  for (std::size_t i = 0; i < std::min(one.moved.size(), kMovedShown); ++i) {
    lines +=
        fmt::format("- {} {}\n", i == 0 ? "moved:" : "then:", cut_cell(one.moved[i], kDetailBytes));
  }
  lines += first_lines(one.faults, "**") + first_lines(one.notes, "");
  if (!lines.empty()) text += lines + "\n";
  const std::string commits = commits_of(one);
  return text + fmt::format("{}: {}{}{}.\n\n", comparison_word(one), tally_of(one),
                            commits.empty() ? "" : "; ", commits);
}

/// Rows as a table, as many as fit; then how many did not.
void add_table(Bounded& text, std::span<const ComparedNumber* const> rows, std::size_t keep_free) {
  constexpr std::size_t kForRest = 120;
  if (rows.empty()) return;
  std::size_t printed = 0;
  const std::string head =
      markdown_table_head({{""}, {"Change"}, {"Number"}, {"Base → new"}, {"Why"}});
  if (text.add(head, keep_free + kForRest)) {
    for (const ComparedNumber* row : rows) {
      if (!text.add(line_of_row(*row), keep_free + kForRest)) break;
      ++printed;
    }
  }
  if (printed < rows.size()) {
    text.add(fmt::format("\n{} more rows are left out here, less serious ones; --json has all.\n",
                         grouped(rows.size() - printed)),
             keep_free);
  }
  text.add("\n", keep_free);
}

constexpr std::size_t kForEnd = 200;  // "... are left out"

/// What changed, and below it, folded, what did not. False where not even its head fits.
bool add_comparison(Bounded& text, const Comparison& one, const std::string& title) {
  if (!text.add(head_of(one, title), kForEnd)) return false;
  const std::vector<const ComparedNumber*> rows = worst_first(one);
  const auto first_same = std::ranges::find_if(rows, [](const ComparedNumber* row) {
    return row->change == Change::unchanged || !is_shown(*row);
  });
  const auto changed = static_cast<std::size_t>(first_same - rows.begin());
  add_table(text, std::span(rows).first(changed), kForEnd);
  // The unchanged, folded: only those of which there is more to say than that they are.
  std::vector<const ComparedNumber*> same;
  std::ranges::copy_if(std::span(rows).subspan(changed), std::back_inserter(same),
                       [](const ComparedNumber* row) { return is_shown(*row); });
  constexpr std::string_view kFoldEnd = "</details>\n\n";
  const std::string fold =
      fmt::format("<details><summary>{} unchanged</summary>\n\n", grouped(rows.size() - changed));
  if (same.empty() || !text.add(fold, kForEnd + kFoldEnd.size())) return true;
  add_table(text, same, kForEnd + kFoldEnd.size());
  text.add(kFoldEnd, kForEnd);
  return true;
}

}  // namespace

std::string comparison_markdown_section(const Comparison& one, std::size_t most) {
  Bounded text(most);
  add_comparison(text, one, "Against the baseline");
  return std::move(text).take();
}

std::string comparison_markdown(const std::vector<Comparison>& all, std::size_t most) {
  std::vector<const Comparison*> order;
  order.reserve(all.size());
  for (const Comparison& one : all) order.push_back(&one);
  order = ranked(std::move(order),
                 [](const Comparison* one) { return one->status == ExitStatus::pass; });
  Bounded text(most);
  text.add(fmt::format("# Comparison: {}\n\n", comparison_word(all)), 0);
  std::size_t told = 0;
  for (const Comparison* one : order) {
    if (!add_comparison(text, *one, cut_cell(title_of(*one), kTitleBytes))) break;
    ++told;
  }
  if (told < order.size()) {
    text.add(fmt::format("{} of {} comparisons are left out here, those that passed first; --json "
                         "has all.\n",
                         grouped(order.size() - told), grouped(order.size())),
             0);
  }
  return std::move(text).take();
}

}  // namespace harness
