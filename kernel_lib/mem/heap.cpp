#include "kernel/heap.h"

namespace kernel {
namespace {

constexpr size_t kLive = 0x4C495645;
constexpr size_t kFree = 0x46524545;

}  // namespace

/// Header of a block; what allocate() gives starts right behind it.
struct alignas(Heap::kAlign) Heap::Block {
  size_t size;  // header included
  size_t mark;  // size ^ kLive or size ^ kFree: a stray write is unlikely to hit on either

  bool live() const { return mark == (size ^ kLive); }
  bool free() const { return mark == (size ^ kFree); }
  void set(size_t new_size, size_t state) {
    size = new_size;
    mark = new_size ^ state;
  }
  void* payload() { return this + 1; }
};

Heap::Heap(void* memory, size_t size) : memory_(static_cast<char*>(memory)), size_(size) {
  if (size_ >= sizeof(Block)) reinterpret_cast<Block*>(memory_)->set(size_, kFree);
}

/// The block that starts at `at`; nullptr at the end of the heap, or if no intact header is there.
Heap::Block* Heap::block_at(char* at) const {
  const size_t room = static_cast<size_t>(memory_ + size_ - at);
  if (room < sizeof(Block)) return nullptr;
  auto* block = reinterpret_cast<Block*>(at);
  const bool whole =
      block->size >= sizeof(Block) && block->size <= room && block->size % kAlign == 0;
  return whole && (block->live() || block->free()) ? block : nullptr;
}

Heap::Block* Heap::after(Block* block) const {
  return block_at(reinterpret_cast<char*>(block) + block->size);
}

void* Heap::allocate(size_t size) {
  if (size > size_) return nullptr;  // also keeps the rounding below from wrapping
  if (size == 0) size = 1;
  const size_t need = ((size + kAlign - 1) & ~(kAlign - 1)) + sizeof(Block);
  for (Block* block = first(); block; block = after(block)) {
    if (!block->free() || block->size < need) continue;
    // A rest that could hold nothing but its header goes along with the block.
    const size_t rest = block->size - need;
    if (rest > sizeof(Block)) {
      block->set(need, kLive);
      reinterpret_cast<Block*>(reinterpret_cast<char*>(block) + need)->set(rest, kFree);
    } else {
      block->set(block->size, kLive);
    }
    used_ += block->size;
    if (used_ > peak_) peak_ = used_;
    return block->payload();
  }
  return nullptr;
}

bool Heap::free(void* pointer) {
  if (!pointer) return true;
  Block* before = nullptr;
  Block* block = first();
  while (block && block->payload() != pointer) {
    before = block;
    block = after(block);
  }
  if (!block || !block->live()) return false;

  used_ -= block->size;
  const Block* behind = after(block);
  block->set(block->size + (behind && behind->free() ? behind->size : 0), kFree);
  if (before && before->free()) before->set(before->size + block->size, kFree);
  return true;
}

size_t Heap::largest() const {
  size_t largest = 0;
  for (Block* block = first(); block; block = after(block)) {
    if (block->free() && block->size - sizeof(Block) > largest) {
      largest = block->size - sizeof(Block);
    }
  }
  return largest;
}

bool Heap::intact() const {
  size_t seen = 0;
  for (Block* block = first(); block; block = after(block)) seen += block->size;
  return seen == size_;
}

}  // namespace kernel
