// Names and JSON, written piece by piece.
#pragma once

#include <stdint.h>

#include <kernel/console.h>

#include "hosted/hosted.h"

namespace benchmark::internal {

/// A short text. What does not fit is left out.
class Name {
 public:
  Name& text(const char* s) {
    while (*s) put(*s++);
    return *this;
  }
  Name& number(int64_t value) {
    char digits[20];
    unsigned count = 0;
    uint64_t rest = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    do digits[count++] = static_cast<char>('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) put('-');
    while (count) put(digits[--count]);
    return *this;
  }
  const char* c_str() const { return text_; }

  /// As a name on the wire: letters, digits, space . _ - / alone.
  Name on_the_wire() const {
    Name name;
    for (const char* at = text_; *at; ++at) {
      const char c = *at, lower = static_cast<char>(c | 0x20);
      const bool plain = (lower >= 'a' && lower <= 'z') || (c >= '-' && c <= '9') || c == '_';
      name.put(plain || c == ' ' ? c : '_');
    }
    return name;
  }

 private:
  static constexpr unsigned kBytes = 120;
  void put(char c) {
    if (size_ < kBytes) text_[size_++] = c;
  }
  char text_[kBytes + 1] = {};
  unsigned size_ = 0;
};

/// One object of JSON, member by member.
class JsonObject {
 public:
  explicit JsonObject(kernel::Console& out) : out_(out) { out_.text("{"); }
  void string(const char* name, const char* value) {
    key(name);
    quoted(value);
  }
  void number(const char* name, uint64_t value) { key(name).decimal(value); }
  void decimal(const char* name, double value) { kernel::hosted::print_double(key(name), value); }
  /// The beginning of a member; its value is to follow.
  kernel::Console& key(const char* name) {
    out_.text(first_ ? "" : ",");
    first_ = false;
    quoted(name);
    return out_.text(":");
  }
  void close() { out_.text("}"); }

 private:
  void quoted(const char* text) {
    out_.text("\"");
    for (; *text; ++text) {
      const auto c = static_cast<unsigned char>(*text);
      if (c < ' ' || c > '~') {  // byte by byte: a line of the protocol is ASCII
        out_.text("\\u").hex(c, 4);
        continue;
      }
      if (c == '"' || c == '\\') out_.text("\\");
      out_.text(text, 1);
    }
    out_.text("\"");
  }
  kernel::Console& out_;
  bool first_ = true;
};

}  // namespace benchmark::internal
