// Reads one protocol line from left to right. Each function consumes what it names and returns
// true, or says why it cannot and returns false; a parser is a chain of them joined by &&.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/text.h"

namespace harness {

inline constexpr std::size_t kMaxNameLength = 64;

/// What a byte may be part of.
enum ByteClass : unsigned char { kNameByte = 1, kWordByte = 2, kUnitByte = 4, kPrintedByte = 8 };

constexpr std::array<unsigned char, 256> make_byte_classes() {
  std::array<unsigned char, 256> classes{};
  for (unsigned c = 0x21; c < 0x7F; ++c) classes[c] = kPrintedByte;
  for (const char c : std::string_view("._-/0123456789")) {
    classes[static_cast<unsigned char>(c)] |= kNameByte | kWordByte | kUnitByte;
  }
  for (unsigned c = 'A'; c <= 'Z'; ++c) {
    classes[c] |= kNameByte | kWordByte | kUnitByte;
    classes[c + ('a' - 'A')] |= kNameByte | kWordByte | kUnitByte;
  }
  classes['%'] |= kUnitByte;
  classes[' '] |= kNameByte;
  return classes;
}
inline constexpr std::array<unsigned char, 256> kByteClasses = make_byte_classes();

/// `why` takes the fault of the first function that refuses. Everything but a refusal is inlined:
/// a cursor that stays in registers reads a line in half the time.
class Cursor {
 public:
  Cursor(std::string_view text, std::string& why) : rest_(text), why_(&why) {}

  // Templates on the size, because comparing with a literal of known size is one instruction.
  template <std::size_t n>
  [[gnu::always_inline]] bool literal(const char (&expected)[n]) {
    if (!sees(expected)) return refuse_expected(expected, "'");
    rest_.remove_prefix(n - 1);
    return true;
  }

  /// A decimal number as the emitter writes it: no sign, no leading zero, at most 64 bits.
  [[gnu::always_inline]] bool number(std::uint64_t& value) {
    std::size_t size = 0;
    std::uint64_t sum = rest_.size() >= 8 ? up_to_8_digits(rest_.data(), size) : 0;
    if (size == 8 || rest_.size() < 8) {
      constexpr std::size_t kSafeDigits = 19;  // so many fit 64 bits whatever they are
      for (; size < rest_.size() && is_digit(rest_[size]); ++size) {
        const auto digit = static_cast<std::uint64_t>(rest_[size] - '0');
        if (size >= kSafeDigits && (size > kSafeDigits || sum > (UINT64_MAX - digit) / 10)) {
          return refuse("number over 64 bits");
        }
        sum = sum * 10 + digit;
      }
    }
    if (size == 0) return refuse(rest_.starts_with('-') ? "number with a sign" : "not a number");
    if (rest_[0] == '0' && size > 1) return refuse("number with a leading zero");
    value = sum;
    rest_.remove_prefix(size);
    return true;
  }

  /// name=<number>
  template <std::size_t n>
  [[gnu::always_inline]] bool field(const char (&name)[n], std::uint64_t& value) {
    return key(name) && number(value);
  }

  /// name=
  template <std::size_t n>
  [[gnu::always_inline]] bool key(const char (&name)[n]) {
    if (rest_.size() < n || std::memcmp(rest_.data(), name, n - 1) != 0 || rest_[n - 1] != '=') {
      return refuse_expected(name, "='");
    }
    rest_.remove_prefix(n);
    return true;
  }

  /// A name that people give: letters, digits, space, . _ - /, no space at either end.
  [[gnu::always_inline]] bool name(std::string& out) {
    if (!text_of(kNameByte, out, "name")) return false;
    return (out.front() != ' ' && out.back() != ' ') || refuse("name with a space at its end");
  }
  /// The same without spaces.
  [[gnu::always_inline]] bool word(std::string& out) { return text_of(kWordByte, out, "word"); }
  /// A unit: a word that may be "%".
  [[gnu::always_inline]] bool unit(std::string& out) { return text_of(kUnitByte, out, "unit"); }
  /// A value as printed: anything printable without spaces.
  [[gnu::always_inline]] bool printed(std::string& out) {
    return text_of(kPrintedByte, out, "value");
  }

  /// One of the names of an enumeration whose values count from 0.
  template <class Enum, std::size_t n>
  [[gnu::always_inline]] bool one_of(const char* const (&names)[n], Enum& out) {
    const std::string_view word = rest_.substr(0, count(kWordByte));
    for (std::size_t i = 0; i < n; ++i) {
      if (word != std::string_view(names[i])) continue;
      out = static_cast<Enum>(i);
      rest_.remove_prefix(word.size());
      return true;
    }
    return say_unknown(*why_, word, names);
  }

  /// Exactly eight upper-case hexadecimal digits.
  [[gnu::always_inline]] bool hex8(std::uint32_t& value) {
    if (rest_.size() < 8) return refuse("checksum of fewer than 8 digits");
    value = 0;
    for (const char c : rest_.substr(0, 8)) {
      const bool decimal = c >= '0' && c <= '9';
      if (!decimal && (c < 'A' || c > 'F')) return refuse("checksum not in upper-case hexadecimal");
      value = value << 4 | static_cast<std::uint32_t>(decimal ? c - '0' : c - 'A' + 10);
    }
    rest_.remove_prefix(8);
    return true;
  }

  [[gnu::always_inline]] bool done() {
    return rest_.empty() || refuse("text after the end of the line's form");
  }
  bool at_end() const { return rest_.empty(); }
  template <std::size_t n>
  [[gnu::always_inline]] bool sees(const char (&next)[n]) const {
    return rest_.size() >= n - 1 && std::memcmp(rest_.data(), next, n - 1) == 0;
  }
  /// A blank, and then `next`.
  template <std::size_t n>
  [[gnu::always_inline]] bool sees_after_blank(const char (&next)[n]) const {
    return rest_.size() >= n && rest_[0] == ' ' && std::memcmp(&rest_[1], next, n - 1) == 0;
  }
  std::string_view rest() const { return rest_; }

  bool refuse(std::string_view why) { return say(*why_, "", why, ""); }

 private:
  /// The digits at the start of eight bytes, and how many there are; without a branch, because how
  /// long a number is cannot be foretold.
  [[gnu::always_inline]] static std::uint64_t up_to_8_digits(const char* at, std::size_t& size) {
    static_assert(std::endian::native == std::endian::little, "words are read as they lie");
    constexpr std::uint64_t kEach = 0x0101010101010101;
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    word ^= kEach * '0';  // a digit becomes its value
    // The highest bit of each byte that is over 9; no carry goes from one byte to the next.
    const std::uint64_t over_9 = (((word & kEach * 0x7F) + kEach * 0x76) | word) & kEach * 0x80;
    size = static_cast<std::size_t>(std::countr_zero(over_9)) / 8;
    if (size == 0) return 0;
    word <<= 64 - 8 * size;  // zeros in front instead of what follows
    // Neighbours join: eight digits to four numbers below 100, to two below 10,000, to one.
    word = (word * 10 + (word >> 8)) & 0x00FF00FF00FF00FF;
    word = (word * 100 + (word >> 16)) & 0x0000FFFF0000FFFF;
    return (word * 10'000 + (word >> 32)) & 0xFFFFFFFF;
  }

  [[gnu::always_inline]] std::size_t count(ByteClass allowed) const {
    std::size_t size = allowed == kNameByte ? count_names_by_16() : 0;
    while (size < rest_.size() &&
           (kByteClasses[static_cast<unsigned char>(rest_[size])] & allowed)) {
      ++size;
    }
    return size;
  }

  /// Bytes of a name at the start, 16 at a time as far as there are so many: the same set as
  /// kNameByte, in ranges. At most kMaxNameLength and what is left of 16.
  [[gnu::always_inline]] std::size_t count_names_by_16() const {
    std::size_t size = 0;
#if defined(__SSE2__)
    for (; size <= kMaxNameLength && size + 16 <= rest_.size(); size += 16) {
      __m128i bytes;
      std::memcpy(&bytes, &rest_[size], sizeof bytes);
      const auto within = [](__m128i values, char low, char high) {
        return _mm_and_si128(_mm_cmpgt_epi8(values, _mm_set1_epi8(static_cast<char>(low - 1))),
                             _mm_cmplt_epi8(values, _mm_set1_epi8(static_cast<char>(high + 1))));
      };
      const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
      const __m128i letters = within(lower, 'a', 'z');
      const __m128i others = within(bytes, '-', '9');  // - . / and the digits
      const __m128i signs = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                         _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_')));
      const auto good = static_cast<unsigned>(
          _mm_movemask_epi8(_mm_or_si128(letters, _mm_or_si128(others, signs))));
      if (good != 0xFFFF) return size + static_cast<std::size_t>(std::countr_one(good));
    }
#endif
    return size;
  }

  [[gnu::always_inline]] bool text_of(ByteClass allowed, std::string& out, std::string_view what) {
    const std::size_t size = count(allowed);
    if (size == 0) {
      return say(*why_, "expected a ", what, "");
    }
    if (size > kMaxNameLength) {
      return say(*why_, what, " longer than 64 bytes", "");
    }
    out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool refuse_expected(std::string_view expected, std::string_view quote) {
    return say(*why_, "expected '", expected, quote);
  }
  [[gnu::noinline, gnu::cold]] static bool say(std::string& why, std::string_view a,
                                               std::string_view b, std::string_view c) {
    why.assign(a).append(b).append(c);
    return false;
  }
  template <std::size_t n>
  [[gnu::noinline, gnu::cold]] static bool say_unknown(std::string& why, std::string_view word,
                                                       const char* const (&names)[n]) {
    why.assign("'").append(word.substr(0, kMaxNameLength)).append("' is not one of:");
    for (const char* known : names) why.append(" ").append(known);
    return false;
  }

  std::string_view rest_;
  std::string* why_;
};

}  // namespace harness
