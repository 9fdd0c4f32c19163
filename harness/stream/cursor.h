// Reads one protocol line from left to right. Each function consumes what it names and returns
// true, or says why it cannot and returns false; a parser is a chain of them joined by &&.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

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

class Cursor {
 public:
  /// `why` receives the fault of the first function that refuses.
  Cursor(std::string_view text, std::string& why) : rest_(text), why_(&why) {}

  bool literal(std::string_view expected) {
    if (!sees(expected)) return refuse_expected(expected, "'");
    rest_.remove_prefix(expected.size());
    return true;
  }

  /// A decimal number as the emitter writes it: no sign, no leading zero, at most 64 bits.
  bool number(std::uint64_t& value) {
    std::uint64_t parsed = 0;
    const char* begin = rest_.data();
    const auto [stop, error] = std::from_chars(begin, begin + rest_.size(), parsed);
    if (error == std::errc::result_out_of_range) return refuse("number over 64 bits");
    if (error != std::errc{}) {
      return refuse(rest_.starts_with('-') ? "number with a sign" : "not a number");
    }
    const auto size = static_cast<std::size_t>(stop - begin);
    if (rest_[0] == '0' && size > 1) return refuse("number with a leading zero");
    value = parsed;
    rest_.remove_prefix(size);
    return true;
  }

  /// name=<number>
  bool field(std::string_view name, std::uint64_t& value) { return key(name) && number(value); }

  /// name=
  bool key(std::string_view name) {
    if (!sees(name) || !rest_.substr(name.size()).starts_with('=')) {
      return refuse_expected(name, "='");
    }
    rest_.remove_prefix(name.size() + 1);
    return true;
  }

  /// A name that people give: letters, digits, space, . _ - /, no space at either end.
  bool name(std::string& out) {
    if (!text_of(kNameByte, out, "name")) return false;
    return (out.front() != ' ' && out.back() != ' ') || refuse("name with a space at its end");
  }
  /// The same without spaces.
  bool word(std::string& out) { return text_of(kWordByte, out, "word"); }
  /// A unit: a word that may be "%".
  bool unit(std::string& out) { return text_of(kUnitByte, out, "unit"); }
  /// A value as printed: anything printable without spaces.
  bool printed(std::string& out) { return text_of(kPrintedByte, out, "value"); }

  /// The same, in which '%' stands before two upper-case hexadecimal digits and nowhere else.
  bool escaped(std::string& out) {
    if (!printed(out)) return false;
    for (std::size_t i = out.find('%'); i != out.npos; i = out.find('%', i + 1)) {
      if (out.size() - i < 3 || digit(out[i + 1]) < 0 || digit(out[i + 2]) < 0) {
        return refuse("'%' without two upper-case hexadecimal digits");
      }
    }
    return true;
  }

  /// One of the names of an enumeration whose values count from 0.
  template <class Enum, std::size_t n>
  bool one_of(const char* const (&names)[n], Enum& out) {
    const std::string_view word = rest_.substr(0, count(kWordByte));
    for (std::size_t i = 0; i < n; ++i) {
      if (word != names[i]) continue;
      out = static_cast<Enum>(i);
      rest_.remove_prefix(word.size());
      return true;
    }
    why_->assign("'").append(word.substr(0, kMaxNameLength)).append("' is not one of:");
    for (const char* known : names) why_->append(" ").append(known);
    return false;
  }

  /// Exactly eight upper-case hexadecimal digits.
  bool hex8(std::uint32_t& value) {
    if (rest_.size() < 8) return refuse("checksum of fewer than 8 digits");
    value = 0;
    for (const char c : rest_.substr(0, 8)) {
      if (digit(c) < 0) return refuse("checksum not in upper-case hexadecimal");
      value = value << 4 | static_cast<std::uint32_t>(digit(c));
    }
    rest_.remove_prefix(8);
    return true;
  }

  /// An address as the emitter writes it: "0x", upper-case hexadecimal without leading zeros.
  bool address(std::uint64_t& value) {
    if (!literal("0x")) return false;
    std::uint64_t parsed = 0;
    std::size_t size = 0;
    for (; size < rest_.size() && digit(rest_[size]) >= 0; ++size) {
      if (size == 16) return refuse("address over 64 bits");
      parsed = parsed << 4 | static_cast<std::uint64_t>(digit(rest_[size]));
    }
    if (size == 0) return refuse("address not in upper-case hexadecimal");
    if (rest_[0] == '0' && size > 1) return refuse("address with a leading zero");
    value = parsed;
    rest_.remove_prefix(size);
    return true;
  }

  bool done() { return rest_.empty() || refuse("text after the end of the line's form"); }
  [[nodiscard]] bool sees(std::string_view next) const { return rest_.starts_with(next); }
  /// A blank, and then `next`.
  [[nodiscard]] bool sees_after_blank(std::string_view next) const {
    return rest_.starts_with(' ') && rest_.substr(1).starts_with(next);
  }

  bool refuse(std::string_view why) {
    why_->assign(why);
    return false;
  }

 private:
  /// Of upper-case hexadecimal, or -1.
  static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }
  [[nodiscard]] std::size_t count(ByteClass allowed) const {
    std::size_t size = 0;
    while (size < rest_.size() &&
           (kByteClasses[static_cast<unsigned char>(rest_[size])] & allowed) != 0) {
      ++size;
    }
    return size;
  }

  bool text_of(ByteClass allowed, std::string& out, std::string_view what) {
    const std::size_t size = count(allowed);
    if (size == 0) {
      why_->assign("expected a ").append(what);
      return false;
    }
    if (size > kMaxNameLength) {
      why_->assign(what).append(" longer than 64 bytes");
      return false;
    }
    out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool refuse_expected(std::string_view expected, std::string_view quote) {
    why_->assign("expected '").append(expected).append(quote);
    return false;
  }

  std::string_view rest_;
  std::string* why_;
};

}  // namespace harness
