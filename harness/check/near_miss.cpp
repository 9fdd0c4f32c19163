#include "check/near_miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <vector>

#include "base/text.h"
#include "check/support.h"

namespace harness {
namespace {

// What is looked through: each boot that fails a check pays for it.
constexpr std::size_t kNames = 500, kNameBytes = 100, kLineBytes = 300, kTextBytes = 64 << 10;

struct NamedRows {
  std::string_view tag;
  std::vector<std::string_view> names;
};

template <class Row>
NamedRows named_rows(std::string_view tag, const std::vector<Row>& rows) {
  NamedRows named{.tag = tag, .names = {}};
  for (const Row& row : rows) {
    if (named.names.size() == kNames) break;
    if (row.name.size() <= kNameBytes) named.names.push_back(row.name);
  }
  return named;
}

std::vector<NamedRows> rows_by_tag(const Events& events) {
  std::vector<NamedRows> all = {
      named_rows(wire::kTest, events.tests), named_rows(wire::kTiming, events.timings),
      named_rows(wire::kProfile, events.profiles), named_rows(wire::kMetric, events.metrics)};
  // What `metrics:` found is asked for as a metric.
  const NamedRows found = named_rows(wire::kMetric, events.found);
  all.back().names.insert(all.back().names.end(), found.names.begin(), found.names.end());
  return all;
}

std::string lower(std::string_view text) {
  std::string low(text);
  std::ranges::transform(low, low.begin(), [](unsigned char c) { return std::tolower(c); });
  return low;
}

/// The fewest edits that make `wanted` out of some part of `line`.
std::size_t edits_within(std::string_view wanted, std::string_view line) {
  std::vector<std::size_t> column(wanted.size() + 1);
  std::iota(column.begin(), column.end(), std::size_t{0});
  std::size_t best = wanted.size();
  for (const char byte : line) {
    std::size_t diagonal = column[0];  // stays 0: the part may begin anywhere
    for (std::size_t i = 1; i <= wanted.size(); ++i) {
      const std::size_t replaced = diagonal + (wanted[i - 1] == byte ? 0 : 1);
      diagonal = column[i];
      column[i] = std::min({column[i] + 1, column[i - 1] + 1, replaced});
    }
    best = std::min(best, column.back());
  }
  return best;
}

}  // namespace

std::string near_name(const BootRecord& boot, std::string_view tag, std::string_view name) {
  const std::vector<NamedRows> all = rows_by_tag(boot.events);
  const auto own = std::ranges::find(all, tag, &NamedRows::tag);
  if (own == all.end()) return "";
  for (const NamedRows& other : all) {
    if (other.tag == tag || std::ranges::count(other.names, name) == 0) continue;
    return fmt::format("; a {} of that name arrived", other.tag);
  }
  const std::string best = nearest(name.substr(0, kNameBytes), own->names);
  return best.empty() ? "" : fmt::format("; did you mean {}?", quote(best));
}

std::string near_line(const BootRecord& boot, std::string_view text) {
  const std::string wanted = lower(text.substr(0, kNameBytes));
  if (wanted.empty()) return "";
  std::size_t allowed = wanted.size() / 4 + 1, seen = 0, best = 0;
  const std::vector<Line>& lines = boot.events.lines;
  for (std::size_t i = 0; i < lines.size() && seen < kTextBytes; ++i) {
    const std::string_view line = line_text(boot, lines[i]).substr(0, kLineBytes);
    seen += line.size();
    const std::size_t edits = edits_within(wanted, lower(line));
    if (edits >= allowed) continue;
    allowed = edits;
    best = i + 1;
  }
  if (best == 0) return "";
  return fmt::format("; nearest is line {}: {}", best, quote(line_text(boot, lines[best - 1])));
}

}  // namespace harness
