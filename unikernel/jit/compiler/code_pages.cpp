#include "compiler/code_pages.h"

namespace jit {

bool CodePages::begin(uint32_t used, Arena& keep) {
  const uint32_t count = bytes_.size / kPage;
  bool* const taken = keep.make<bool>(count);
  if (taken == nullptr) return false;
  taken_ = {taken, count};
  for (uint32_t page = 0; page < count; ++page) taken_[page] = page < pages_of(used);
  taken_count_ = 0;
  return true;
}

uint32_t CodePages::find(uint32_t size) const {
  uint32_t free = 0;
  for (uint32_t page = 0; page < taken_.size; ++page) {
    free = taken_[page] ? 0 : free + 1;
    if (free * kPage >= size && free > 0) return (page + 1 - free) * kPage;
  }
  return kNowhere;
}

bool CodePages::is_free(uint32_t offset, uint32_t size) const {
  if (offset % kPage != 0 || size == 0 || offset > bytes_.size || size > bytes_.size - offset) {
    return false;
  }
  const uint32_t first = offset / kPage, count = pages_of(size);
  if (count > taken_.size - first) return false;
  for (uint32_t page = first; page < first + count; ++page) {
    if (taken_[page]) return false;
  }
  return true;
}

void CodePages::take(uint32_t offset, uint32_t size) {
  const uint32_t end = offset + pages_of(size) * kPage;
  for (uint32_t page = offset / kPage; page < end / kPage; ++page) taken_[page] = true;
  taken_count_ += pages_of(size);
  __builtin_memset(bytes_.data + offset + size, kInt3, end - offset - size);
}

void CodePages::give_back(uint32_t offset, uint32_t size) {
  const uint32_t end = offset + pages_of(size) * kPage;
  __builtin_memset(bytes_.data + offset, kInt3, end - offset);
  for (uint32_t page = offset / kPage; page < end / kPage; ++page) taken_[page] = false;
  taken_count_ -= pages_of(size);
}

}  // namespace jit
