#include "base/json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

namespace harness {
namespace {

/// Bytes that stand for themselves inside a string.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (unsigned byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}
constexpr std::array<bool, 256> kPlain = make_plain();

/// A recursive descent over the grammar of RFC 8259. Each function consumes what it names, or
/// returns false; the first false ends the walk.
class JsonWalk {
 public:
  JsonWalk(std::string_view text, std::size_t deepest)
      : at_(text.data()), end_(text.data() + text.size()), depth_left_(deepest) {}

  bool document() {
    blanks();
    if (!value()) return false;
    blanks();
    return at_ == end_;
  }

 private:
  bool is(char c) const { return at_ != end_ && *at_ == c; }
  bool skip(char c) { return is(c) && (++at_, true); }
  void blanks() {
    while (at_ != end_ && *at_ <= ' ' && is_blank(*at_)) ++at_;  // most bytes are above all blanks
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
  bool word(std::string_view expected) {
    if (!std::string_view(at_, end_).starts_with(expected)) return false;
    at_ += expected.size();
    return true;
  }

  bool value() {
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        return nested<&JsonWalk::member>('}');
      case '[':
        return nested<&JsonWalk::value>(']');
      case '"':
        return string();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  template <bool (JsonWalk::*item)()>
  bool nested(char close) {
    if (depth_left_ == 0) return false;
    --depth_left_;
    ++at_;
    blanks();
    if (!skip(close)) {
      do {
        blanks();
        if (!(this->*item)()) return false;
        blanks();
      } while (skip(','));
      if (!skip(close)) return false;
    }
    ++depth_left_;
    return true;
  }

  bool member() {
    if (!string()) return false;
    blanks();
    if (!skip(':')) return false;
    blanks();
    return value();
  }

  bool string() {
    if (!skip('"')) return false;
    while (at_ != end_) {
      const char* at = at_;
      while (at != end_ && kPlain[static_cast<unsigned char>(*at)]) ++at;
      at_ = at;
      if (at_ == end_) return false;
      const auto byte = static_cast<unsigned char>(*at_);
      if (byte == '"') return skip('"');
      if (byte < 0x20) return false;
      if (byte == '\\' ? !escape() : !utf8()) return false;
    }
    return false;
  }

  bool escape() {
    ++at_;
    if (at_ == end_) return false;
    const char kind = *at_++;
    if (kind != 'u') return std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos;
    unsigned code = 0;
    if (!hex4(code) || (code >= 0xDC00 && code <= 0xDFFF)) return false;
    if (code < 0xD800 || code > 0xDBFF) return true;
    return word("\\u") && hex4(code) && code >= 0xDC00 && code <= 0xDFFF;
  }

  bool hex4(unsigned& code) {
    if (end_ - at_ < 4) return false;
    const auto [stop, error] = std::from_chars(at_, at_ + 4, code, 16);
    if (error != std::errc{} || stop != at_ + 4) return false;
    at_ = stop;
    return true;
  }

  /// One character of two to four bytes; overlong forms and surrogates are refused.
  bool utf8() {
    const auto byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(at_[i]); };
    const unsigned char lead = byte(0);
    const std::ptrdiff_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || end_ - at_ < size) return false;
    for (std::ptrdiff_t i = 1; i < size; ++i) {
      if ((byte(i) & 0xC0) != 0x80) return false;
    }
    const unsigned char second = byte(1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
      return false;
    }
    at_ += size;
    return true;
  }

  bool digits() {
    const char* at = at_;
    while (at != end_ && *at >= '0' && *at <= '9') ++at;
    return std::exchange(at_, at) != at;
  }

  bool number() {
    const char* const start = at_;
    skip('-');
    if (!skip('0') && !digits()) return false;
    const char* const integer_end = at_;
    if (skip('.') && !digits()) return false;
    if (is('e') || is('E')) {
      ++at_;
      if (is('+') || is('-')) ++at_;
      if (!digits()) return false;
    }
    // 300 digits and no exponent always fit a double.
    if (at_ == integer_end && at_ - start < 300) return true;
    return std::isfinite(std::strtod(std::string(start, at_).c_str(), nullptr));
  }

  const char* at_;
  const char* end_;
  std::size_t depth_left_;
};

}  // namespace

bool is_valid_json(std::string_view text, std::size_t deepest) {
  return JsonWalk(text, deepest).document();
}

}  // namespace harness
