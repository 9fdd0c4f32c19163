#include "compare/series_index.h"

#include <bit>
#include <functional>

namespace harness {
namespace {

std::uint32_t hash_of(std::string_view name) {
  return static_cast<std::uint32_t>(std::hash<std::string_view>()(name));
}

}  // namespace

SeriesIndex::SeriesIndex(const Measurements& side)
    : series_(&side.series), places_(std::bit_ceil(2 * side.series.size() + 1)) {
  for (std::size_t i = 0; i < series_->size(); ++i) {
    const std::string_view name = (*series_)[i].name;
    const std::uint32_t hash = hash_of(name);
    Place& place = places_[place_of(name, hash)];
    if (place.number == 0) place = {hash, static_cast<std::uint32_t>(i + 1)};
  }
}

const Series* SeriesIndex::find(std::string_view name) const {
  const Place& place = places_[place_of(name, hash_of(name))];
  return place.number == 0 ? nullptr : &(*series_)[place.number - 1];
}

/// Where the name is, or the empty place where it belongs.
std::size_t SeriesIndex::place_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t last = places_.size() - 1;
  for (std::size_t at = hash & last;; at = (at + 1) & last) {
    const Place& place = places_[at];
    if (place.number == 0) return at;
    if (place.hash == hash && (*series_)[place.number - 1].name == name) return at;
  }
}

}  // namespace harness
