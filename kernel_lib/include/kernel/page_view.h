// Other pages behind the addresses of one range, which can be seen instead of those that a PageMap
// has there, and back: two memories for who runs the same code on each, some of it at a time. What
// lies outside of the range is the same in both. Like PageMap it touches nothing but tables.
//
//   kernel::PageView view = paging.view(tables, sizeof tables);
//   if (view.begin(start, bytes) != PagingError::none) ...
//   view.lead(page, other_page, {.writable = true, .executable = false});
//   view.exchange();   // and paging.flush_all()
#pragma once

#include "kernel/page_map.h"

namespace kernel {

class PageView {
 public:
  /// Of 2 MB each, in which the range may be.
  static constexpr uint32_t kMostParts = 64;

  PageView() = default;
  /// `map`, which has started, and `tables`, aligned to pages, the first at the address `physical`,
  /// outlive this. Each 2 MB of the range in which a page is needs one of them, and so do those at
  /// the range's ends that are in it in part.
  PageView(PageMap& map, PageMap::Table* tables, uint32_t count, uint32_t physical)
      : map_(&map), tables_(tables), count_(count), physical_(physical) {}

  /// Begins anew, not while it is seen: nothing is at the addresses of the range. Whatever
  /// lies within the same 2 MB must stay as the map has it now. An error: there is no view.
  PagingError begin(uint32_t start, uint32_t bytes);
  /// The page of the range at `address` is the one at `physical`. no_tables: nothing was changed.
  PagingError lead(uint32_t address, uint32_t physical, PageAccess access);
  /// Pages of the range, one behind the other, are those at the same addresses: as lead() of each.
  PagingError share(uint32_t start, uint32_t bytes, PageAccess access);
  /// The view is seen instead of the map's pages, or those again. The processor's copies of entries
  /// are the caller's to drop.
  void exchange();

  /// The entry that rules an address of the range when the view is seen, while it is not; 0:
  /// nothing is there.
  [[nodiscard]] uint64_t entry(uint32_t address) const;

 private:
  PageMap::Table* table_for(uint32_t part);
  [[nodiscard]] uint32_t part_of(uint32_t address) const {
    return address / PageMap::kLargePage - first_;
  }
  [[nodiscard]] PageMap::Table& table(uint32_t part) const { return tables_[which_[part]]; }

  static constexpr uint8_t kNone = 0xFF;
  static_assert(kMostParts < kNone);

  PageMap* map_ = nullptr;
  PageMap::Table* tables_ = nullptr;
  uint32_t count_ = 0, physical_ = 0, used_ = 0;
  uint32_t start_ = 0, bytes_ = 0;
  uint32_t first_ = 0, parts_ = 0;       // 2 MB each
  uint64_t directory_[kMostParts] = {};  // entries that are not seen
  uint8_t which_[kMostParts] = {};       // table of the view's; kNone: it has none
};

}  // namespace kernel
