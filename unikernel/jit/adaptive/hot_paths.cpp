#include "adaptive/hot_paths.h"

namespace jit {

HotPaths::HotPaths(Span<uint32_t> rows, uint32_t share, uint32_t break_even)
    : rows_(rows), share_(share), break_even_(break_even) {
  for (uint32_t& row : rows_) row = 0;
}

bool HotPaths::add(FunctionId id, uint32_t instructions) {
  const uint64_t price = uint64_t{break_even_} * instructions;
  const bool was = uint64_t{rows_[id]} * share_ >= price && rows_[id] > 0;
  ++rows_[id];
  return !was && uint64_t{rows_[id]} * share_ >= price;
}

uint32_t HotPaths::worth(uint32_t instructions) const {
  const uint64_t samples = (uint64_t{break_even_} * instructions + share_ - 1) / share_;
  return samples == 0 ? 1 : samples < ~0U ? static_cast<uint32_t>(samples) : ~0U;
}

uint32_t HotPaths::all_samples() const {
  uint32_t all = 0;
  for (const uint32_t row : rows_) all += row;
  return all;
}

}  // namespace jit
