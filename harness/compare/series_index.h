// The series of one side by name: files hold a quarter of a million of them.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

/// What is looked up by a name that lives elsewhere. By the standard library's hash: Boost's own,
/// of release 1.81, goes byte by byte.
template <class Value>
using ByName = boost::unordered_flat_map<std::string_view, Value, std::hash<std::string_view>>;

/// Of two series of one name the first is found. `side` must outlive the index.
class SeriesIndex {
 public:
  explicit SeriesIndex(const Measurements& side);
  /// nullptr where there is none of that name.
  [[nodiscard]] const Series* find(std::string_view name) const;

 private:
  ByName<const Series*> series_;
};

}  // namespace harness
