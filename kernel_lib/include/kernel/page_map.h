// Page tables as an array of numbers: what address leads where, and what may be done there. It
// touches nothing but the tables that it is given, so it runs on the host as well; the machine's
// side is kernel/paging.h.
//
// The form is PAE's: 32-bit addresses, four directories of 512 entries for 2 MB each, which hold a
// page of 2 MB or lead to a table of 512 pages of 4 KB. Source: Intel SDM volume 3, 4.4.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

/// What may be done to a page besides reading it. Where the processor has no "no execute", all is
/// executable.
struct PageAccess {
  bool writable = false;
  bool executable = false;
};

enum class PagingError : uint8_t {
  none,
  off,            // start() has not succeeded
  no_pae,         // the processor has none
  no_tables,      // the memory for page tables is used up; nothing was changed
  misaligned,     // not whole pages
  out_of_range,   // past 4 GB, nothing at all, or in the alias window where that cannot be
  window_in_use,  // there is RAM where the alias window is to be
  window_full,    // no place for the alias
};
inline constexpr const char* kPagingErrorNames[] = {"none",          "off",        "no_pae",
                                                    "no_tables",     "misaligned", "out_of_range",
                                                    "window_in_use", "window_full"};

/// Addresses without memory or devices behind them, for aliases. Multiples of 2 MB.
struct AliasWindow {
  uint32_t begin;
  uint32_t end;
};

struct Alias {
  PagingError error = PagingError::none;
  uint32_t address = 0;  // where the pages are as well
};

class PageMap {
 public:
  static constexpr uint32_t kEntries = 512;
  static constexpr uint32_t kPage = 4096, kLargePage = kPage * kEntries;
  static constexpr uint32_t kFixedTables = 5;  // the pointers to directories, and four directories

  // Bits of an entry. Accessed and dirty are set beforehand: the processor need not write them.
  static constexpr uint64_t kPresent = 1 << 0, kWritable = 1 << 1, kAccessed = 1 << 5,
                            kDirty = 1 << 6, kLarge = 1 << 7, kNoExecute = uint64_t{1} << 63;

  using Table = uint64_t[kEntries];

  PageMap() = default;
  /// `tables`: aligned to pages, their first at the address `physical`.
  PageMap(Table* tables, uint32_t count, uint32_t physical, bool has_no_execute)
      : tables_(tables), count_(count), physical_(physical), has_no_execute_(has_no_execute) {}

  /// Maps each address to itself, writable and not executable, but for the window.
  PagingError map_all(AliasWindow window);

  /// Maps pages outside the window to themselves.
  PagingError protect(uint32_t start, uint32_t bytes, PageAccess access);
  /// Takes pages away, aliases too.
  PagingError unmap(uint32_t start, uint32_t bytes);
  /// Maps pages a second time, in the window. The page before and the page behind are not present.
  Alias alias(uint32_t start, uint32_t bytes, PageAccess access);
  /// Gives each of these pages an entry of its own, which says what ruled it before: for lead().
  PagingError divide(uint32_t start, uint32_t bytes);
  /// Whether pages that have entries of their own can be written, all the same.
  void allow_writes(uint32_t start, uint32_t bytes, bool allowed);
  /// The page at `address`, which has an entry of its own, is the one at `physical` from here on.
  void lead(uint32_t address, uint32_t physical, PageAccess access) {
    (*table_at(directory_entry(address)))[address / kPage % kEntries] = physical | flags(access);
  }

  /// The entry that rules the address; 0 where nothing is present.
  [[nodiscard]] uint64_t entry(uint32_t address) const;
  /// For CR3.
  [[nodiscard]] uint32_t root() const { return physical_; }
  [[nodiscard]] uint32_t tables_used() const { return used_; }

 private:
  friend class PageView;

  PagingError check(uint32_t start, uint32_t bytes) const;
  bool meets_window(uint32_t start, uint32_t bytes) const;
  uint64_t flags(PageAccess access) const;
  uint64_t& directory_entry(uint32_t address) const;
  Table* table_at(uint64_t entry) const;
  bool has_tables_for(uint32_t start, uint32_t bytes, bool may_be_large) const;
  uint64_t& page_entry(uint32_t address);
  void set(uint32_t start, uint32_t bytes, uint32_t physical, uint64_t bits);
  uint32_t free_place(uint32_t pages) const;

  Table* tables_ = nullptr;
  uint32_t count_ = 0, used_ = 0, physical_ = 0;
  bool has_no_execute_ = false;
  AliasWindow window_ = {};
};

}  // namespace kernel
