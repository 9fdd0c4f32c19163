// The series of one side by name: files hold a quarter of a million of them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compare/measurements.h"

namespace harness {

/// Of two series of one name the first is found. `side` must outlive the index.
class SeriesIndex {
 public:
  explicit SeriesIndex(const Measurements& side);
  /// nullptr where there is none of that name.
  [[nodiscard]] const Series* find(std::string_view name) const;

 private:
  /// One place of a table that is at most half full. The next place is tried where another name
  /// has this one, and only names of the same hash are looked at.
  struct Place {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // of the series, from 1 on; 0: empty
  };
  [[nodiscard]] std::size_t place_of(std::string_view name, std::uint32_t hash) const;

  const std::vector<Series>* series_;
  std::vector<Place> places_;  // a power of two
};

}  // namespace harness
