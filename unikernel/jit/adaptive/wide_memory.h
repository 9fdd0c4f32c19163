// Memory that is copied, exchanged or compared 64 bytes at a time: what trials take longest for.
#pragma once

#include <stdint.h>

namespace jit::wide {

using Part [[gnu::vector_size(16), gnu::aligned(1), gnu::may_alias]] = uint32_t;
inline Part& part(uint8_t* bytes) { return *reinterpret_cast<Part*>(bytes); }

template <class Parts, class Bytes>
void in_parts(uint32_t size, const Parts& parts, const Bytes& bytes) {
  uint32_t k = 0;
  for (; k + 64 <= size; k += 64) {
    for (uint32_t p = 0; p < 64; p += 16) parts(k + p);
  }
  for (; k < size; ++k) bytes(k);
}

inline void copy(uint8_t* to, uint8_t* from, uint32_t size) {
  in_parts(
      size, [=](uint32_t k) { part(to + k) = part(from + k); },
      [=](uint32_t k) { to[k] = from[k]; });
}

inline void exchange(uint8_t* a, uint8_t* b, uint32_t size) {
  in_parts(
      size,
      [=](uint32_t k) {
        const Part other = part(a + k);
        part(a + k) = part(b + k);
        part(b + k) = other;
      },
      [=](uint32_t k) {
        const uint8_t other = a[k];
        a[k] = b[k];
        b[k] = other;
      });
}

inline bool equal(uint8_t* a, uint8_t* b, uint32_t size) {
  Part different = {};
  uint32_t rest = 0;
  in_parts(
      size, [&](uint32_t k) { different |= part(a + k) ^ part(b + k); },
      [&](uint32_t k) { rest |= static_cast<uint32_t>(a[k] ^ b[k]); });
  return (different[0] | different[1] | different[2] | different[3] | rest) == 0;
}

}  // namespace jit::wide
