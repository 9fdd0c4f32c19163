#include "adaptive/hot_paths.h"

namespace jit {

HotPaths::HotPaths(Span<uint32_t> rows, const HotPathOptions& options)
    : rows_(rows), options_(options) {
  for (uint32_t& row : rows_) row = 0;
}

bool HotPaths::add(FunctionId id, uint32_t instructions) {
  const uint64_t price = uint64_t{options_.break_even} * instructions;
  const bool was = uint64_t{rows_[id]} * options_.share >= price && rows_[id] > 0;
  ++rows_[id];
  return !was && uint64_t{rows_[id]} * options_.share >= price;
}

uint32_t HotPaths::all_samples() const {
  uint32_t all = 0;
  for (const uint32_t row : rows_) all += row;
  return all;
}

}  // namespace jit
