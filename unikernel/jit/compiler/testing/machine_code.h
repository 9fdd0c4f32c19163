// Machine code for tests: what an Encoder made, and what Capstone, which shares nothing with it,
// reads there.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/encoder.h"

namespace jit::testing {

using Bytes = std::vector<uint8_t>;

struct Decoded {
  uint32_t at = 0;  // bytes from the beginning
  uint32_t size = 0;
  std::string mnemonic;
  /// Such as "mov eax, 4[ebx+ecx*2+0x10]", where 4 is the size of what is in memory; immediates in
  /// hexadecimal, as unsigned as the operand is wide.
  std::string text;
  uint32_t offset_bytes = 0;         // of the memory operand, in the encoding
  uint32_t immediate_bytes = 0;      // in the encoding
  uint32_t immediate = 0;            // the last one; the address that a jump or call goes to
  uint32_t displacement = 0;         // of the memory operand
  std::vector<std::string> written;  // registers, by implication, too
  bool writes_memory = false;
};

/// The instructions of `bytes`, executed at `address`, up to the first that is none.
std::vector<Decoded> decode(const Bytes& bytes, uint32_t address);

/// What an Encoder has been given, and room for it.
class Program {
 public:
  explicit Program(size_t memory = 1U << 16)
      : memory_(memory), arena_(memory_.data(), memory_.size()), encoder(arena_) {}

 private:
  std::vector<char> memory_;  // before what stands on it
  Arena arena_;

 public:
  Encoder encoder;

  /// total() bytes, and not one written behind them. Services and functions are at
  /// service_address() and function_address().
  [[nodiscard]] Bytes finish(uint32_t address) const;
  static uint32_t service_address(uint32_t number) { return 0x0200'0000 + number * 0x40; }
  static uint32_t function_address(uint32_t number) { return 0x0500'0000 + number * 0x80; }
};

}  // namespace jit::testing
