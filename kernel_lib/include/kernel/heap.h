// Heap over one block of memory: allocate, free, coalesce. The caller owns the block.
//
// Blocks lie one behind the other, each with a header that holds its size; there is no list of
// free blocks. allocate() takes the first that fits, free() walks to the block it is given, so a
// pointer is believed only if a block really starts there, and both neighbours are at hand for
// coalescing. Both are linear in the number of blocks, which suits a heap of 256 KB.
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

  size_t total() const { return size_; }  // bytes handed to the constructor
  size_t used() const { return used_; }   // bytes taken by live blocks, headers included
  size_t peak() const { return peak_; }   // largest used() so far
  size_t largest() const;                 // largest block that allocate() can still give

  /// False once something wrote over a block's header. allocate() then gives nothing and free()
  /// refuses what lies beyond the damage.
  bool intact() const;

 private:
  struct Block;
  Block* block_at(char* at) const;
  Block* first() const { return block_at(memory_); }
  Block* after(Block* block) const;

  char* memory_;
  size_t size_;
  size_t used_ = 0, peak_ = 0;
};

}  // namespace kernel
