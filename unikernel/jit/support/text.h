// Text without a library: a slice of somebody's bytes, and a line built in place.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace jit {

/// Bytes that somebody else owns; not terminated, and not trusted.
struct Text {
  const char* data = "";
  uint32_t size = 0;

  constexpr Text() = default;
  constexpr Text(const char* bytes, uint32_t count) : data(bytes), size(count) {}
  /// A literal.
  template <size_t N>
  constexpr Text(const char (&literal)[N]) : data(literal), size(N - 1) {}  // NOLINT: implicit

  friend constexpr bool operator==(Text a, Text b) {
    if (a.size != b.size) return false;
    for (uint32_t i = 0; i < a.size; ++i) {
      if (a.data[i] != b.data[i]) return false;
    }
    return true;
  }
  [[nodiscard]] constexpr bool starts_with(Text prefix) const {
    return size >= prefix.size && Text(data, prefix.size) == prefix;
  }
  [[nodiscard]] constexpr Text without_prefix(uint32_t count) const {
    return {data + count, size - count};
  }
};

/// A line of at most kSize bytes; what does not fit is cut. Bytes outside printable ASCII are shown
/// as '?', for names come from files.
class Line {
 public:
  static constexpr uint32_t kSize = 192;

  Line& add(Text text) {
    for (uint32_t i = 0; i < text.size; ++i) {
      const char c = text.data[i];
      put(c >= ' ' && c <= '~' ? c : '?');
    }
    return *this;
  }
  Line& add(uint64_t value) {
    char digits[20];
    uint32_t count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) put(digits[--count]);
    return *this;
  }
  [[nodiscard]] Text text() const { return {bytes_, size_}; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

 private:
  void put(char c) {
    if (size_ < kSize) bytes_[size_++] = c;
  }
  char bytes_[kSize] = {};
  uint32_t size_ = 0;
};

}  // namespace jit
