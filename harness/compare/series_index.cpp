#include "compare/series_index.h"

namespace harness {

SeriesIndex::SeriesIndex(const Measurements& side) {
  series_.reserve(side.series.size());
  for (const Series& series : side.series) series_.try_emplace(series.name, &series);
}

const Series* SeriesIndex::find(std::string_view name) const {
  const auto at = series_.find(name);
  return at == series_.end() ? nullptr : at->second;
}

}  // namespace harness
