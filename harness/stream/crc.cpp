// Two ways to one value.
//
// Tables: eight bytes a step ("slicing-by-8": Kounavis and Berry, A Systematic Approach to Building
// High Performance Software-Based CRC Generators, 2005).
//
// Multiplication: a message is a polynomial, and its checksum the remainder of a division. 16 bytes
// may be replaced by anything with the same remainder: here by their product with x^n mod P, moved
// n bits further on, where the next bytes are XORed in (Gopal et al., Fast CRC Computation for
// Generic Polynomials Using PCLMULQDQ, 2009). What is left, 16 bytes, goes through the tables.
#include "stream/crc.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace harness {
namespace {

static_assert(std::endian::native == std::endian::little, "words are read as they lie");

std::uint32_t add_by_tables(std::uint32_t state, const char* at, std::size_t left) {
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    word ^= state;
    state = 0;
    for (unsigned i = 0; i < 8; ++i) state ^= kCrcTables[7 - i][word >> (8 * i) & 0xFF];
  }
  for (; left > 0; ++at, --left) {
    state = state >> 8 ^ kCrcTables[0][(state ^ static_cast<unsigned char>(*at)) & 0xFF];
  }
  return state;
}

#if defined(__x86_64__)

/// x^n mod P, lowest power in the highest bit as everywhere in this checksum, one bit further left
/// because the product of two such numbers comes out one bit further right.
consteval std::int64_t power_of_x(unsigned n) {
  const std::uint32_t polynomial = kCrcTables[0][0x80];
  std::uint32_t power = 0x80000000;
  for (unsigned i = 0; i < n; ++i) power = power >> 1 ^ ((power & 1) != 0 ? polynomial : 0);
  return static_cast<std::int64_t>(std::uint64_t{power} << 1);
}

constexpr std::size_t kBlock = 16;
constexpr std::size_t kStride = 4 * kBlock;  // four chains at a time hide the latency
static_assert(kStride == 64);

__attribute__((target("pclmul,sse2"))) __m128i load(const char* at) {
  __m128i block;
  std::memcpy(&block, at, sizeof block);
  return block;
}

/// `block` as many bits further on as `factors` are made for, and `next` there.
__attribute__((target("pclmul,sse2"))) __m128i fold_onto(__m128i block, __m128i factors,
                                                         __m128i next) {
  const __m128i low = _mm_clmulepi64_si128(block, factors, 0x00);
  const __m128i high = _mm_clmulepi64_si128(block, factors, 0x11);
  return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

/// `size` must be at least kStride.
__attribute__((target("pclmul,sse2"))) std::uint32_t add_by_multiplying(std::uint32_t state,
                                                                        const char* at,
                                                                        std::size_t size) {
  // The two halves of a block lie 64 bits apart, and each product is 32 bits off.
  const __m128i by_stride =
      _mm_set_epi64x(power_of_x(8 * kStride - 32), power_of_x(8 * kStride + 32));
  const __m128i by_block = _mm_set_epi64x(power_of_x(8 * kBlock - 32), power_of_x(8 * kBlock + 32));
  __m128i a = _mm_xor_si128(load(at), _mm_cvtsi32_si128(static_cast<int>(state)));
  __m128i b = load(at + kBlock);
  __m128i c = load(at + 2 * kBlock);
  __m128i d = load(at + 3 * kBlock);
  for (at += kStride, size -= kStride; size >= kStride; at += kStride, size -= kStride) {
    a = fold_onto(a, by_stride, load(at));
    b = fold_onto(b, by_stride, load(at + kBlock));
    c = fold_onto(c, by_stride, load(at + 2 * kBlock));
    d = fold_onto(d, by_stride, load(at + 3 * kBlock));
  }
  a = fold_onto(a, by_block, b);
  a = fold_onto(a, by_block, c);
  a = fold_onto(a, by_block, d);
  for (; size >= kBlock; at += kBlock, size -= kBlock) a = fold_onto(a, by_block, load(at));
  char remainder[kBlock];
  std::memcpy(remainder, &a, kBlock);
  return add_by_tables(add_by_tables(0, remainder, kBlock), at, size);
}

bool can_multiply() { return __builtin_cpu_supports("pclmul") != 0; }

#else

constexpr std::size_t kStride = SIZE_MAX;
std::uint32_t add_by_multiplying(std::uint32_t state, const char* at, std::size_t size) {
  return add_by_tables(state, at, size);
}
bool can_multiply() { return false; }

#endif

}  // namespace

bool is_available(CrcMethod method) { return method == CrcMethod::tables || can_multiply(); }

CrcMethod fastest_crc() {
  return is_available(CrcMethod::multiply) ? CrcMethod::multiply : CrcMethod::tables;
}

void FastCrc32::add(std::string_view bytes) {
  state_ = method_ == CrcMethod::multiply && bytes.size() >= kStride
               ? add_by_multiplying(state_, bytes.data(), bytes.size())
               : add_by_tables(state_, bytes.data(), bytes.size());
}

}  // namespace harness
