#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "base/text.h"

namespace harness {
namespace {

/// Bytes that stand for themselves inside a string.
constexpr std::array<bool, 256> make_plain() {
  std::array<bool, 256> plain{};
  for (unsigned byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}
constexpr std::array<bool, 256> kPlain = make_plain();

/// For is_valid_json(), which wants an answer and nothing else.
struct Nobody {
  static constexpr bool allows_non_finite = false;
  void enter(char) {}
  void leave() {}
  void key(std::string_view) {}
  void scalar(std::string_view) {}
};
struct Somebody {
  static constexpr bool allows_non_finite = true;
  JsonVisitor& visitor;
  void enter(char bracket) { visitor.enter(bracket); }
  void leave() { visitor.leave(); }
  void key(std::string_view raw) { visitor.key(raw); }
  void scalar(std::string_view raw) { visitor.scalar(raw); }
};
struct Listener : Nobody {
  static constexpr bool allows_non_finite = true;
};

/// A recursive descent over the grammar of RFC 8259. Each function consumes what it names, or
/// returns false; the first false ends the walk.
template <class Visitor>
class JsonWalk {
 public:
  JsonWalk(std::string_view text, std::size_t deepest, Visitor visitor)
      : at_(text.data()),
        end_(text.data() + text.size()),
        depth_left_(deepest),
        visitor_(visitor) {}

  bool document() {
    blanks();
    if (!value()) return false;
    blanks();
    whole_ = true;
    return at_ == end_;
  }
  /// Where the walk stopped.
  const char* at() const { return at_; }
  bool is_whole() const { return whole_; }  // one value was there
  bool is_too_deep() const { return too_deep_; }

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
    if (*at_ == '{') return nested<&JsonWalk::member>('{', '}');
    if (*at_ == '[') return nested<&JsonWalk::value>('[', ']');
    const char* const start = at_;
    if (!scalar()) return false;
    visitor_.scalar({start, at_});
    return true;
  }

  bool scalar() {
    switch (*at_) {
      case '"':
        return string();
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        break;
    }
    const char* const start = at_;
    if (number()) return true;
    at_ = start;
    return non_finite();
  }

  /// Google Benchmark writes them where a counter is one, which JSON does not have.
  bool non_finite() {
    if (!Visitor::allows_non_finite) return false;
    return word("NaN") || word("-NaN") || word("Infinity") || word("-Infinity");
  }

  template <bool (JsonWalk::*item)()>
  bool nested(char open, char close) {
    too_deep_ = depth_left_ == 0;
    if (too_deep_) return false;
    --depth_left_;
    visitor_.enter(open);
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
    visitor_.leave();
    return true;
  }

  bool member() {
    const char* const start = at_;
    if (!string()) return false;
    visitor_.key({start, at_});
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
    const bool has_exponent = is('e') || is('E');
    if (has_exponent) {
      ++at_;
      if (is('+') || is('-')) ++at_;
      if (!digits()) return false;
    }
    // 300 digits and no exponent always fit a double.
    if (!has_exponent && integer_end - start < 300) return true;
    return std::isfinite(std::strtod(std::string(start, at_).c_str(), nullptr));
  }

  const char* at_;
  const char* end_;
  std::size_t depth_left_;
  Visitor visitor_;
  bool whole_ = false, too_deep_ = false;
};

/// "line 3, at 'xyz'": where the walk stopped, which may be the end.
std::string place_of(std::string_view text, std::size_t at) {
  constexpr std::size_t kQuoted = 30;
  const auto lines = std::ranges::count(text.substr(0, at), '\n');
  const std::string_view rest = text.substr(at, kQuoted);
  return "line " + std::to_string(lines + 1) +
         (rest.empty() ? ", at its end" : ", at '" + printable(rest) + "'");
}

template <class Visitor>
std::string fault_of(std::string_view text, Visitor visitor, std::size_t deepest) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return "is in UTF-16, and JSON is in UTF-8 (RFC 8259, 8.1)";
  }
  JsonWalk walk(text, deepest, visitor);
  if (walk.document()) return {};
  const auto at = static_cast<std::size_t>(walk.at() - text.data());
  if (walk.is_too_deep()) return "is nested deeper than " + std::to_string(deepest);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return "is empty";
  if (walk.is_whole()) return "goes on behind its end: " + place_of(text, at);
  return "is not JSON: " + place_of(text, at);
}

class RootKeys : public JsonVisitor {
 public:
  void enter(char bracket) override { in_object_ = ++depth_ == 1 ? bracket == '{' : in_object_; }
  void leave() override { --depth_; }
  void key(std::string_view raw) override {
    if (depth_ == 1 && in_object_) keys.push_back(json_text(raw));
  }
  void scalar(std::string_view) override {}
  std::vector<std::string> keys;

 private:
  std::size_t depth_ = 0;
  bool in_object_ = false;
};

}  // namespace

bool is_valid_json(std::string_view text, std::size_t deepest) {
  return JsonWalk(text, deepest, Nobody{}).document();
}

std::string read_json(std::string_view text, JsonVisitor& visitor, std::size_t deepest) {
  return fault_of(text, Somebody{visitor}, deepest);
}

std::string json_fault(std::string_view text, std::size_t deepest) {
  return fault_of(text, Listener{}, deepest);
}

bool JsonRoot::has(std::string_view key) const {
  return std::ranges::find(keys, key) != keys.end();
}

JsonRoot json_root(std::string_view text, std::size_t deepest) {
  RootKeys visitor;
  std::string fault = read_json(text, visitor, deepest);
  return {std::move(visitor.keys), std::move(fault)};
}

std::string json_text(std::string_view raw) {
  if (raw.size() < 2 || raw.front() != '"') return std::string(raw);
  if (!contains(raw, "\\")) return std::string(raw.substr(1, raw.size() - 2));
  const nlohmann::json text = nlohmann::json::parse(raw, nullptr, false);
  return text.is_string() ? text.get<std::string>() : std::string(raw);
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

}  // namespace harness
