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

uint32_t HotPaths::all_samples() const {
  uint32_t all = 0;
  for (const uint32_t row : rows_) all += row;
  return all;
}

}  // namespace jit
