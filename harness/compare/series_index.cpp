#include "compare/series_index.h"

namespace harness {

SeriesIndex::SeriesIndex(const Measurements& side) {
  by_name_.reserve(side.series.size());
  for (const Series& series : side.series) by_name_.try_emplace(series.name, &series);
}

const Series* SeriesIndex::find(std::string_view name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : at->second;
}

}  // namespace harness
