#include "formats/results_in_line.h"

#include <algorithm>
#include <tuple>

namespace harness {
namespace {

constexpr std::size_t kMostPlaces = 1000;

std::optional<wire::Status> said_by(const PatternEntry& entry, const PatternGroups& groups) {
  switch (entry.role) {
    case PatternRole::result:
      return status_of_word(entry.group("status", groups).value_or(""));
    case PatternRole::skip:
      return wire::Status::skip;
    case PatternRole::pass:
      return wire::Status::pass;
    default:
      return wire::Status::fail;
  }
}

/// The larger, the worse.
int rank(const ResultInLine& one) {
  const wire::Status status = one.status();
  return status == wire::Status::fail ? 2 : status == wire::Status::skip ? 1 : 0;
}

bool overlap(const ResultInLine& a, const ResultInLine& b) {
  return a.begin() < b.end() && b.begin() < a.end();
}

}  // namespace

/// The places of one pattern. One without a name cannot say of how many tests it speaks: the worst
/// of its matches is one result.
void ResultsInLine::collect(const PatternEntry& entry, re2::StringPiece text) {
  const std::size_t first = places_.size();
  const bool named = entry.has("name");
  std::size_t from = 0, most = kMostPlaces;
  for (PatternGroups groups; from <= text.size() && entry.find(text, from, groups); --most) {
    if (most == 0) {
      ++cut_;
      return;
    }
    const ResultInLine place = {&entry, groups, said_by(entry, groups), named};
    from = static_cast<std::size_t>(place.end() - text.data()) + (groups[0].empty() ? 1 : 0);
    if (named || places_.size() == first) {
      places_.push_back(place);
    } else if (rank(place) > rank(places_.back())) {
      places_.back() = place;
    }
  }
}

std::span<const ResultInLine* const> ResultsInLine::find(const CompiledPatterns& patterns,
                                                         std::span<const int> matched,
                                                         re2::StringPiece text) {
  places_.clear();
  chosen_.clear();
  cut_ = 0;
  for (const int index : matched) {
    const PatternEntry& entry = patterns.entry(index);
    if (is_result(entry.role)) collect(entry, text);
  }
  // The worst first, and of the like those with a name.
  std::ranges::sort(places_, [](const ResultInLine& a, const ResultInLine& b) {
    return std::tuple(rank(b), b.named, a.begin(), a.entry->role) <
           std::tuple(rank(a), a.named, b.begin(), b.entry->role);
  });
  bool named = false, unnamed = false;  // one was chosen
  for (const ResultInLine& one : places_) {
    if (one.named) {
      const bool empty = one.entry->group("name", one.groups).value_or("").empty();
      if (empty && named && one.status() != wire::Status::fail) continue;
    } else if (named || unnamed) {
      continue;
    }
    if (std::ranges::any_of(chosen_, [&](const auto* other) { return overlap(one, *other); })) {
      continue;
    }
    (one.named ? named : unnamed) = true;
    chosen_.push_back(&one);
  }
  std::ranges::sort(chosen_, {}, &ResultInLine::begin);
  return chosen_;
}

}  // namespace harness
