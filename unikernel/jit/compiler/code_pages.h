// Pages of the code region, which are used again: a piece of code has pages of its own. Stores to a
// page, or code that is added to one, are dear where the page has been executed: an emulator that
// translates code throws the page's away.
#pragma once

#include "support/arena.h"

namespace jit {

class CodePages {
 public:
  static constexpr uint32_t kPage = 4096;

  /// `bytes` outlive this. Nothing is free before begin().
  explicit CodePages(Span<uint8_t> bytes) : bytes_(bytes) {}

  /// All pages behind the first `used` bytes are free. false: `keep` is full.
  bool begin(uint32_t used, Arena& keep);
  /// Where the first run of free pages is that holds so many bytes; kNowhere: there is none.
  [[nodiscard]] uint32_t find(uint32_t size) const;
  /// Whether code of that size can begin there.
  [[nodiscard]] bool is_free(uint32_t offset, uint32_t size) const;
  /// `size` bytes of code are at `offset`, which is_free(). What they leave of their last page
  /// traps.
  void take(uint32_t offset, uint32_t size);
  /// Whoever still comes there is trapped. The pages are free.
  void give_back(uint32_t offset, uint32_t size);
  /// Pages that are taken.
  [[nodiscard]] uint32_t taken() const { return taken_count_; }

  static constexpr uint32_t kNowhere = ~0U;

 private:
  static constexpr uint8_t kInt3 = 0xCC;
  static constexpr uint32_t pages_of(uint32_t size) { return (size + kPage - 1) / kPage; }

  Span<uint8_t> bytes_;
  Span<bool> taken_;  // by page
  uint32_t taken_count_ = 0;
};

}  // namespace jit
