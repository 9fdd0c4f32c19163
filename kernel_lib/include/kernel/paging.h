// Memory that can be protected: each address still leads to itself, but kernel code cannot be
// written, a null pointer and the end of the stack trap, and an app can take rights away from pages
// or see the same ones twice. All errors are returned.
//
//   alignas(4096) static uint8_t tables[16 * 4096];
//   static kernel::Paging paging;
//   if (paging.start(tables, sizeof tables, system.boot.memory_bytes) != PagingError::none) ...
//
// Generated code is written at an alias and executed where it lies:
//
//   paging.protect(code, bytes, {.writable = false, .executable = true});
//   const kernel::Alias writable = paging.alias(code, bytes);
//
// Exceptions that come of it can be caught with kernel/recovery.h. Source: Intel SDM volume 3, 4.1
// (modes and control bits), 4.6 (rights), 4.10.4 (invlpg).
#pragma once

#include "kernel/page_view.h"

namespace kernel {

/// Bits of a page fault's error code.
namespace page_fault {
inline constexpr uint32_t kProtection = 1 << 0;  // the page is present and forbids it
inline constexpr uint32_t kWrite = 1 << 1;
inline constexpr uint32_t kFetch = 1 << 4;  // of an instruction; only told with "no execute"
}  // namespace page_fault

/// Below what QEMU's machines use for devices, and free where RAM below 4 GB ends before it.
inline constexpr AliasWindow kAliasWindow = {0xA0000000, 0xB0000000};

class Paging {
 public:
  /// How much memory for page tables start() needs at least, with its end on a page. Each 2 MB in
  /// which pages get rights of their own, and each 2 MB of aliases, need one page more.
  static constexpr uint32_t kMinimumBytes = (PageMap::kFixedTables + 1) * PageMap::kPage;

  /// Turns paging on. All 4 GB but the window are readable and writable; then kernel code is
  /// executable and not writable, its constants neither, and page 0 and the page below the stack
  /// are not there. `tables` stays in use; only whole pages of it count. `memory_bytes`: as
  /// BootInfo has it.
  [[nodiscard]] PagingError start(void* tables, size_t bytes, uint64_t memory_bytes,
                                  AliasWindow window = kAliasWindow);

  /// False: the processor lacks it or start() has not been called, and all pages are executable.
  [[nodiscard]] bool has_no_execute() const { return has_no_execute_; }

  /// Sets the rights of pages, and brings back what was unmapped.
  [[nodiscard]] PagingError protect(uint32_t start, uint32_t bytes, PageAccess access);
  /// After this any access traps: for guard pages, and to end an alias.
  [[nodiscard]] PagingError unmap(uint32_t start, uint32_t bytes);
  /// The same pages at a second address.
  [[nodiscard]] Alias alias(uint32_t start, uint32_t bytes,
                            PageAccess access = {.writable = true, .executable = false});

  // ---- page by page, and often: these look at nothing
  /// Gives pages entries of their own; lead() needs that.
  [[nodiscard]] PagingError divide(uint32_t start, uint32_t bytes);
  /// The page at `address` is the one at `physical` from here on.
  void lead(uint32_t address, uint32_t physical, PageAccess access);
  /// Whether pages that have entries of their own can be written, all the same.
  void allow_writes(uint32_t start, uint32_t bytes, bool allowed);
  /// Other pages for a range: kernel/page_view.h. `tables` as start() takes them; behind each
  /// change of what is seen, flush_all().
  [[nodiscard]] PageView view(void* tables, size_t bytes);
  /// Drops the processor's copies of all entries.
  static void flush_all();

  [[nodiscard]] const PageMap& map() const { return map_; }

 private:
  PageMap map_;
  bool has_no_execute_ = false;
};

}  // namespace kernel
