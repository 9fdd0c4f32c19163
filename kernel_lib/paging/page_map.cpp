#include "kernel/page_map.h"

namespace kernel {
namespace {

constexpr uint64_t kAddressBits = 0xFFFFF000;  // of 4 GB; a large page's are among them

constexpr uint32_t pages_of(uint32_t bytes) { return bytes / PageMap::kPage; }
constexpr bool is_whole(uint32_t value, uint32_t unit) { return value % unit == 0; }

}  // namespace

PagingError PageMap::map_all(AliasWindow window) {
  if (count_ < kFixedTables) return PagingError::no_tables;
  if (!is_whole(physical_, kPage) || !is_whole(window.begin, kLargePage) ||
      !is_whole(window.end, kLargePage)) {
    return PagingError::misaligned;
  }
  window_ = window;
  used_ = kFixedTables;
  for (uint32_t i = 0; i < kEntries; ++i) tables_[0][i] = 0;
  // In these four all bits but "present" and the address are reserved.
  for (uint32_t i = 0; i < 4; ++i) tables_[0][i] = (physical_ + (1 + i) * kPage) | kPresent;
  const uint64_t bits = flags({.writable = true, .executable = false}) | kLarge;
  for (uint32_t i = 0; i < 4 * kEntries; ++i) {
    const uint32_t address = i * kLargePage;
    const bool is_window = address >= window.begin && address < window.end;
    directory_entry(address) = is_window ? 0 : address | bits;
  }
  return PagingError::none;
}

PagingError PageMap::protect(uint32_t start, uint32_t bytes, PageAccess access) {
  if (const PagingError error = check(start, bytes); error != PagingError::none) return error;
  if (meets_window(start, bytes)) return PagingError::out_of_range;
  if (!has_tables_for(start, bytes, true)) return PagingError::no_tables;
  set(start, bytes, start, flags(access));
  return PagingError::none;
}

PagingError PageMap::unmap(uint32_t start, uint32_t bytes) {
  if (const PagingError error = check(start, bytes); error != PagingError::none) return error;
  if (!has_tables_for(start, bytes, true)) return PagingError::no_tables;
  set(start, bytes, 0, 0);
  return PagingError::none;
}

Alias PageMap::alias(uint32_t start, uint32_t bytes, PageAccess access) {
  if (const PagingError error = check(start, bytes); error != PagingError::none) return {error};
  if (meets_window(start, bytes)) return {PagingError::out_of_range};
  const uint32_t address = free_place(pages_of(bytes));
  if (address == 0) return {PagingError::window_full};
  if (!has_tables_for(address, bytes, false)) return {PagingError::no_tables};
  // Page by page: a large page would need one at the same offset in memory.
  for (uint32_t i = 0; i < bytes; i += kPage) {
    page_entry(address + i) = (start + i) | flags(access);
  }
  return {PagingError::none, address};
}

PagingError PageMap::divide(uint32_t start, uint32_t bytes) {
  if (const PagingError error = check(start, bytes); error != PagingError::none) return error;
  if (!has_tables_for(start, bytes, false)) return PagingError::no_tables;
  const uint64_t end = uint64_t{start} + bytes;
  for (uint64_t at = start - start % kLargePage; at < end; at += kLargePage) {
    page_entry(static_cast<uint32_t>(at));
  }
  return PagingError::none;
}

void PageMap::allow_writes(uint32_t start, uint32_t bytes, bool allowed) {
  for (uint32_t done = 0; done < bytes;) {
    Table& table = *table_at(directory_entry(start + done));
    const uint32_t first = (start + done) / kPage % kEntries;
    const uint32_t left = pages_of(bytes - done);
    const uint32_t count = left < kEntries - first ? left : kEntries - first;
    for (uint32_t k = first; k < first + count; ++k) {
      table[k] = allowed ? table[k] | kWritable : table[k] & ~kWritable;
    }
    done += count * kPage;
  }
}

uint64_t PageMap::entry(uint32_t address) const {
  const uint64_t directory = directory_entry(address);
  if (!(directory & kPresent) || directory & kLarge) return directory;
  return (*table_at(directory))[address / kPage % kEntries];
}

PagingError PageMap::check(uint32_t start, uint32_t bytes) const {
  if (used_ == 0) return PagingError::off;
  if (!is_whole(start, kPage) || !is_whole(bytes, kPage)) return PagingError::misaligned;
  if (bytes == 0 || uint64_t{start} + bytes > uint64_t{1} << 32) return PagingError::out_of_range;
  return PagingError::none;
}

bool PageMap::meets_window(uint32_t start, uint32_t bytes) const {
  return start < window_.end && uint64_t{start} + bytes > window_.begin;
}

uint64_t PageMap::flags(PageAccess access) const {
  return kPresent | kAccessed | kDirty | (access.writable ? kWritable : 0) |
         (!access.executable && has_no_execute_ ? kNoExecute : 0);
}

uint64_t& PageMap::directory_entry(uint32_t address) const {
  const uint32_t index = address / kLargePage;
  return tables_[1 + index / kEntries][index % kEntries];
}

PageMap::Table* PageMap::table_at(uint64_t entry) const {
  return &tables_[(static_cast<uint32_t>(entry & kAddressBits) - physical_) / kPage];
}

/// Whether the pages can be set one by one; where they may be large, a whole one needs no table.
bool PageMap::has_tables_for(uint32_t start, uint32_t bytes, bool may_be_large) const {
  uint32_t needed = 0;
  const uint64_t end = uint64_t{start} + bytes;
  for (uint64_t at = start - start % kLargePage; at < end; at += kLargePage) {
    const uint64_t directory = directory_entry(static_cast<uint32_t>(at));
    const bool has_table = directory & kPresent && !(directory & kLarge);
    const bool is_covered = at >= start && at + kLargePage <= end;
    needed += !has_table && !(may_be_large && is_covered);
  }
  return needed <= count_ - used_;
}

/// The page's own entry. What was a large page becomes 512 that say the same.
uint64_t& PageMap::page_entry(uint32_t address) {
  uint64_t& directory = directory_entry(address);
  if (!(directory & kPresent) || directory & kLarge) {
    Table& table = tables_[used_];
    for (uint32_t i = 0; i < kEntries; ++i) {
      table[i] = directory & kPresent ? (directory & ~kLarge) + uint64_t{i} * kPage : 0;
    }
    // What may be done is said by the pages alone.
    directory = (physical_ + used_ * kPage) | kPresent | kWritable | kAccessed;
    ++used_;
  }
  return (*table_at(directory))[address / kPage % kEntries];
}

/// `bits` 0: nothing is present.
void PageMap::set(uint32_t start, uint32_t bytes, uint32_t physical, uint64_t bits) {
  for (uint32_t done = 0; done < bytes;) {
    uint64_t& directory = directory_entry(start + done);
    const bool has_table = directory & kPresent && !(directory & kLarge);
    const bool is_large =
        !has_table && is_whole(start + done, kLargePage) && bytes - done >= kLargePage;
    const uint64_t page = bits == 0 ? 0 : (physical + done) | bits;
    if (is_large) {
      directory = bits == 0 ? 0 : page | kLarge;
    } else {
      page_entry(start + done) = page;
    }
    done += is_large ? kLargePage : kPage;
  }
}

/// Where in the window `pages` free ones follow a free one; 0: nowhere.
uint32_t PageMap::free_place(uint32_t pages) const {
  uint32_t run = window_.begin;
  for (uint32_t at = window_.begin; at < window_.end; at += kPage) {
    if (entry(at) & kPresent) {
      run = at + kPage;
    } else if (pages_of(at - run) == pages) {
      return run + kPage;
    }
  }
  return 0;
}

}  // namespace kernel
