// The series of one side by name: files hold a quarter of a million of them.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <set>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

/// What is looked up by a name that lives elsewhere. By the standard library's hash: Boost's own,
/// of release 1.81, goes byte by byte.
template <class Value>
using ByName = boost::unordered_flat_map<std::string_view, Value, std::hash<std::string_view>>;

/// Of two series of one name the first is found. `side` must outlive the index, and stay as it is.
class SeriesIndex {
 public:
  explicit SeriesIndex(const Measurements& side);
  /// nullptr where there is none of that name. Mostly both sides have the same names in the same
  /// order: the series behind the last one that was found is looked at first, which is why an index
  /// is for one thread.
  [[nodiscard]] const Series* find(std::string_view name);
  /// Whether several have this name, so that nobody knows which is meant: a counter "c" of a
  /// benchmark "a b", and "b c" of "a", say.
  [[nodiscard]] bool is_ambiguous(std::string_view name) const {
    return !ambiguous_.empty() && ambiguous_.contains(name);
  }

 private:
  const std::vector<Series>& all_;
  ByName<const Series*> series_;
  std::set<std::string_view> ambiguous_;
  std::size_t next_ = 0;
};

}  // namespace harness
