// Where the compiler, compiled by itself, has its code, its table of functions and its globals. The
// same everywhere, since the bytes of the code depend on it.
#pragma once

#include <stdint.h>

namespace jit::selfhost {

constexpr uint32_t kCode = 0x0200'0000, kCodeBytes = 0x0010'0000;
constexpr uint32_t kData = 0x0210'0000, kDataBytes = 0x0001'0000;
constexpr uint32_t kMemory = 0x0220'0000, kMemoryBytes = 0x0040'0000;
constexpr uint32_t kGlobalsBytes = 0x0008'0000;  // of those, at most

/// The compiler's own memory for one compilation of itself.
constexpr uint32_t kWorkBytes = 0x0200'0000;

/// FNV-1a of 64 bits (Fowler, Noll, Vo): what two compilations are told apart by in a line of text.
inline uint64_t hash_of(const uint8_t* bytes, uint32_t size, uint64_t from) {
  for (uint32_t i = 0; i < size; ++i) from = (from ^ bytes[i]) * 0x0000'0100'0000'01B3ULL;
  return from;
}
constexpr uint64_t kHashBegin = 0xCBF2'9CE4'8422'2325ULL;

}  // namespace jit::selfhost
