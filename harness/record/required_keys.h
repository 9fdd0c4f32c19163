// The keys that an object of record.json must have, and no others, each once: for who reads a file
// as it comes by. The full reader (codec_read.cpp) asks the same.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "record/fields.h"
#include "record/json_shape.h"

namespace harness {

/// What the JSON of a T may begin with: {, [, ", t for a truth value, 0 for a whole number, n for
/// null.
template <class T>
constexpr std::string_view begins_with() {
  if constexpr (std::is_same_v<T, std::vector<SerialMark>>) {
    return "{";
  } else if constexpr (is_vector<T>) {
    return "[";
  } else if constexpr (is_optional<T>) {
    using Inner = typename T::value_type;
    if (begins_with<Inner>() == "{") return "{n";
    if (begins_with<Inner>() == "[") return "[n";
    if (begins_with<Inner>() == "t") return "tn";
    return begins_with<Inner>() == "0" ? "0n" : "\"n";
  } else if constexpr (std::is_same_v<T, bool>) {
    return "t";
  } else if constexpr (std::is_enum_v<T> || std::is_same_v<T, std::string> ||
                       std::is_same_v<T, std::uint32_t>) {
    return "\"";
  } else if constexpr (is_duration<T> || std::is_arithmetic_v<T>) {
    return "0";
  } else {
    static_assert(HasFields<T>);
    return "{";
  }
}

struct RequiredKey {
  std::string_view key;
  std::string_view begins;
  int since = 1;
};

template <class T>
constexpr auto required_keys() {
  return std::apply(
      [](const auto&... fields) {
        return std::array{RequiredKey{
            fields.key, begins_with<std::remove_cvref_t<decltype(fields.of(std::declval<T&>()))>>(),
            fields.since}...};
      },
      Fields<T>::all);
}

/// Counts the keys of one object.
template <std::size_t kSize>
class KeyCount {
 public:
  explicit KeyCount(const std::array<RequiredKey, kSize>& keys) : keys_(&keys) {}

  /// A key, with its quotes, and its value, or the bracket that opens it. Whether it may stand
  /// here.
  bool see(std::string_view key, std::string_view value) {
    if (key.size() < 2 || value.empty()) return false;
    const auto at = std::ranges::find(*keys_, key.substr(1, key.size() - 2), &RequiredKey::key);
    if (at == keys_->end() || at->begins.find(shape_of(value)) == at->begins.npos) return false;
    return ++counts_[static_cast<std::size_t>(at - keys_->begin())] == 1;
  }
  /// Those of the schema came, and no later ones.
  [[nodiscard]] bool complete(int schema) const {
    for (std::size_t i = 0; i < kSize; ++i) {
      if (counts_[i] != ((*keys_)[i].since <= schema ? 1 : 0)) return false;
    }
    return true;
  }

 private:
  /// '?': a number that is not whole, or below 0.
  static char shape_of(std::string_view value) {
    if (value == "false") return 't';
    if (value.find_first_not_of("0123456789") == value.npos) return '0';
    return value.front() == '-' || (value.front() >= '0' && value.front() <= '9') ? '?'
                                                                                  : value.front();
  }

  const std::array<RequiredKey, kSize>* keys_;
  std::array<int, kSize> counts_{};
};

}  // namespace harness
