// One counter for each piece of code, however often QEMU translates it: it throws its translations
// away when its buffer is full, and translates one address in several lengths.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "profile/plugin/memory.h"

namespace harness::plugin {

/// Instructions that are executed all or none.
struct Piece {
  std::uint64_t begin = 0;
  std::uint32_t bytes = 0, instructions = 0;
  std::uint32_t function = kNoFunction;
};

/// A hash table with linear probing over the blocks of the shared memory. It never shrinks or
/// moves: QEMU's code holds the addresses of the counters.
class BlockIndex {
 public:
  /// `memory`: prepared; must outlive this. False where there is no memory for the table.
  bool start(std::byte* memory) {
    header_ = reinterpret_cast<Header*>(memory);
    blocks_ = reinterpret_cast<Block*>(memory + header_->blocks_at);
    for (size_ = 64; size_ < std::size_t{header_->block_capacity} * 2;) size_ *= 2;
    slots_ = static_cast<std::uint32_t*>(std::calloc(size_, sizeof *slots_));
    left_out_ = static_cast<Block*>(std::calloc(header_->function_count, sizeof *left_out_));
    return slots_ != nullptr && left_out_ != nullptr;
  }

  /// The block of `piece`, made if it is new; where there is no room, one that stands for all
  /// such of its function and is thrown away.
  Block& block(const Piece& piece) {
    std::size_t at = hash(piece) & (size_ - 1);
    for (; slots_[at] != 0; at = (at + 1) & (size_ - 1)) {
      Block& block = blocks_[slots_[at] - 1];
      if (block.begin == piece.begin && block.bytes == piece.bytes &&
          block.instructions == piece.instructions && block.function == piece.function) {
        return block;
      }
    }
    if (header_->block_count == header_->block_capacity) {
      ++header_->blocks_left_out;
      Block& left_out = left_out_[piece.function];
      left_out.function = piece.function;
      left_out.code = 1;  // its bytes are asked for by nobody
      return left_out;
    }
    Block& block = blocks_[header_->block_count];
    block = {piece.begin, piece.bytes, piece.instructions, piece.function, 0, 0};
    slots_[at] = ++header_->block_count;  // counted from 1: 0 is an empty slot
    return block;
  }
  /// For callbacks, which have room for a number, not for two addresses.
  [[nodiscard]] std::uint32_t number(const Block& block) const {
    return is_left_out(block) ? header_->block_capacity + block.function
                              : static_cast<std::uint32_t>(&block - blocks_);
  }
  [[nodiscard]] Block& at(std::uint32_t number) {
    return number < header_->block_capacity ? blocks_[number]
                                            : left_out_[number - header_->block_capacity];
  }
  [[nodiscard]] bool is_left_out(const Block& block) const {
    return &block < blocks_ || &block >= blocks_ + header_->block_capacity;
  }

 private:
  /// The finalizer of splitmix64 (Steele, Lea, Flood 2014) over what tells pieces apart.
  static std::size_t hash(const Piece& piece) {
    std::uint64_t x = piece.begin ^ std::uint64_t{piece.bytes} << 48;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
  }

  Header* header_ = nullptr;
  Block* blocks_ = nullptr;
  std::uint32_t* slots_ = nullptr;
  std::size_t size_ = 0;
  Block* left_out_ = nullptr;  // by function
};

}  // namespace harness::plugin
