#include "kernel/page_view.h"

namespace kernel {
namespace {

constexpr uint32_t kPage = PageMap::kPage, kLargePage = PageMap::kLargePage;
constexpr uint32_t kEntries = PageMap::kEntries;

}  // namespace

PagingError PageView::begin(uint32_t start, uint32_t bytes) {
  start_ = bytes_ = parts_ = used_ = 0;
  if (map_ == nullptr) return PagingError::off;
  if (const PagingError error = map_->check(start, bytes); error != PagingError::none) return error;
  const uint32_t last = start + (bytes - 1);
  if (map_->meets_window(start, bytes) || last / kLargePage - start / kLargePage >= kMostParts) {
    return PagingError::out_of_range;
  }
  first_ = start / kLargePage;
  const uint32_t parts = last / kLargePage - first_ + 1;
  for (uint32_t part = 0; part < parts; ++part) {
    directory_[part] = 0;
    which_[part] = kNone;
  }
  const uint32_t edges[] = {start - start % kLargePage, last - last % kLargePage};
  for (const uint32_t edge : edges) {
    const uint32_t part = edge / kLargePage - first_;
    const bool is_whole = edge >= start && last - edge >= kLargePage - 1;
    if (is_whole || which_[part] != kNone) continue;
    PageMap::Table* const own = table_for(part);
    if (own == nullptr) return PagingError::no_tables;
    for (uint32_t k = 0; k < kEntries; ++k) {
      const uint32_t at = edge + k * kPage;
      if (at >= start && at <= last) continue;
      const uint64_t entry = map_->entry(at);
      const bool is_large = (entry & PageMap::kPresent) != 0 && (entry & PageMap::kLarge) != 0;
      (*own)[k] = is_large ? (entry & ~PageMap::kLarge) + uint64_t{k} * kPage : entry;
    }
  }
  start_ = start;
  bytes_ = bytes;
  parts_ = parts;
  return PagingError::none;
}

/// A new one, in which nothing is; nullptr: there are no more.
PageMap::Table* PageView::table_for(uint32_t part) {
  if (used_ == count_ || used_ == kNone) return nullptr;
  which_[part] = static_cast<uint8_t>(used_);
  PageMap::Table& own = tables_[used_];
  for (uint64_t& entry : own) entry = 0;
  directory_[part] =
      (physical_ + used_ * kPage) | PageMap::kPresent | PageMap::kWritable | PageMap::kAccessed;
  ++used_;
  return &own;
}

PagingError PageView::lead(uint32_t address, uint32_t physical, PageAccess access) {
  if (address % kPage != 0 || physical % kPage != 0) return PagingError::misaligned;
  if (address - start_ >= bytes_) return PagingError::out_of_range;
  const uint32_t part = part_of(address);
  if (which_[part] == kNone && table_for(part) == nullptr) return PagingError::no_tables;
  table(part)[address / kPage % kEntries] = physical | map_->flags(access);
  return PagingError::none;
}

PagingError PageView::share(uint32_t start, uint32_t bytes, PageAccess access) {
  if (start % kPage != 0 || bytes % kPage != 0) return PagingError::misaligned;
  if (start - start_ >= bytes_ || bytes > bytes_ - (start - start_))
    return PagingError::out_of_range;
  const uint64_t bits = map_->flags(access);
  for (uint32_t done = 0; done < bytes;) {
    const uint32_t at = start + done, part = part_of(at), first = at / kPage % kEntries;
    if (which_[part] == kNone && table_for(part) == nullptr) return PagingError::no_tables;
    PageMap::Table& own = table(part);
    const uint32_t left = (bytes - done) / kPage;
    const uint32_t count = left < kEntries - first ? left : kEntries - first;
    for (uint32_t k = 0; k < count; ++k) own[first + k] = (at + k * kPage) | bits;
    done += count * kPage;
  }
  return PagingError::none;
}

void PageView::exchange() {
  for (uint32_t part = 0; part < parts_; ++part) {
    uint64_t& seen = map_->directory_entry((first_ + part) * kLargePage);
    const uint64_t before = seen;
    seen = directory_[part];
    directory_[part] = before;
  }
}

uint64_t PageView::entry(uint32_t address) const {
  if (address - start_ >= bytes_) return map_ != nullptr ? map_->entry(address) : 0;
  const uint32_t part = part_of(address);
  return which_[part] == kNone ? 0 : table(part)[address / kPage % kEntries];
}

}  // namespace kernel
