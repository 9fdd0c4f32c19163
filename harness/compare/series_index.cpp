#include "compare/series_index.h"

namespace harness {

SeriesIndex::SeriesIndex(const Measurements& side) : all_(side.series) {
  series_.reserve(all_.size());
  for (const Series& series : all_) {
    if (!series_.try_emplace(series.name, &series).second) ambiguous_.insert(series.name);
  }
}

const Series* SeriesIndex::find(std::string_view name) {
  // Where a name is there twice, only the table knows which is the first.
  const bool unique = series_.size() == all_.size();
  if (unique && next_ < all_.size() && all_[next_].name == name) return &all_[next_++];
  const auto at = series_.find(name);
  if (at == series_.end()) return nullptr;
  next_ = static_cast<std::size_t>(at->second - all_.data()) + 1;
  return at->second;
}

}  // namespace harness
