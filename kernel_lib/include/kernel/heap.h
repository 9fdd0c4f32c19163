// Heap over one block of memory: allocate, free, coalesce. The caller owns the block.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

class Heap {
 public:
  static constexpr size_t kAlign = 16;

  /// `memory` must be kAlign-aligned and hold `size` bytes, a multiple of kAlign.
  Heap(void* memory, size_t size);

  /// kAlign-aligned, or nullptr when no free block is large enough: the caller decides whether
  /// that is a panic. allocate(0) gives a distinct block.
  [[nodiscard]] void* allocate(size_t size);
  /// Accepts nullptr. Returns false, and changes nothing, for a pointer that is not a live block
  /// of this heap (double free, foreign pointer).
  bool free(void* block);

  size_t total() const;    // bytes handed to the constructor
  size_t used() const;     // bytes taken by live blocks, headers included
  size_t peak() const;     // largest used() so far
  size_t largest() const;  // largest block that allocate() can still give

 private:
  struct Block;
  Block* first_;
  size_t size_;
  size_t used_ = 0, peak_ = 0;
};

}  // namespace kernel
