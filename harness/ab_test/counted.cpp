#include "ab_test/counted.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "record/summary.h"

namespace harness::ab {
namespace {

bool is_alarm(const AbRow& row) {
  return !row.not_judged && (row.decision.outcome == stats::Conclusion::regression ||
                             row.decision.outcome == stats::Conclusion::improvement);
}

/// A name without what says which of a section's numbers it is.
std::string_view section_of(std::string_view name) {
  for (const std::string_view end : {std::string_view(kAverageAfterFirst), std::string_view(kFirst),
                                     std::string_view(kAverage), std::string_view(" total")}) {
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return name;
}

std::string count_text(double value) { return grouped(static_cast<std::uint64_t>(value)); }

std::string line_of(const AbRow& row) {
  std::string text, last;
  for (const CountedPair& one : row.counted) {
    last = fmt::format("{} {}", count_text(one.base), one.unit);
    if (one.base == one.candidate) continue;
    text += fmt::format("{}{} → {} {} ({})", text.empty() ? "" : "; ", count_text(one.base),
                        count_text(one.candidate), one.unit, printable(one.name));
  }
  if (!text.empty()) return text;
  const std::string what =
      row.counted.size() == 1 ? last : fmt::format("all {} numbers", row.counted.size());
  return fmt::format("{} equal: layout, not instructions", what);
}

}  // namespace

bool has_alarm(const std::vector<AbRow>& rows) { return std::ranges::any_of(rows, is_alarm); }

void add_counted(std::vector<AbRow>& rows, const std::vector<Reading>& base,
                 const std::vector<Reading>& candidate) {
  for (AbRow& row : rows) {
    if (!is_alarm(row)) continue;
    for (const Reading& one : base) {
      const bool whole = row.name == kWholeTime;
      if (!whole && section_of(one.name) != section_of(row.name)) continue;
      const auto other = std::ranges::find_if(candidate, [&](const Reading& reading) {
        return reading.name == one.name && reading.unit == one.unit;
      });
      if (other != candidate.end()) {
        row.counted.push_back({one.name, one.unit, one.value, other->value});
      }
    }
  }
}

std::string counted_lines(const std::vector<AbRow>& rows) {
  std::string text;
  for (const AbRow& row : rows) {
    if (row.counted.empty()) continue;
    text += fmt::format("counted, '{}': {}\n", printable(row.name), line_of(row));
  }
  return text;
}

}  // namespace harness::ab
