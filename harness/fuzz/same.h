// Equality of records and their parts, member by member, by the lists of record/fields.h. For
// fuzz targets; a member that is missing in a list is missing in record.json, too.
#pragma once

#include <tuple>

#include "record/fields.h"
#include "record/json_shape.h"

namespace harness::fuzz {

template <class T>
bool same(const T& a, const T& b);

inline bool same(const Line& a, const Line& b) {
  return a.begin == b.begin && a.end == b.end && a.protocol == b.protocol &&
         a.terminated == b.terminated;
}
inline bool same(const SerialMark& a, const SerialMark& b) {
  return a.size == b.size && a.at == b.at;
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (is_vector<T> || is_optional<T>) {
    if constexpr (is_vector<T>) {
      if (a.size() != b.size()) return false;
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (!same(a[i], b[i])) return false;
      }
      return true;
    } else {
      return a.has_value() == b.has_value() && (!a || same(*a, *b));
    }
  } else if constexpr (requires { a == b; }) {
    return a == b;
  } else {
    return std::apply(
        [&](const auto&... fields) { return (same(a.*fields.member, b.*fields.member) && ...); },
        Fields<T>::all);
  }
}

}  // namespace harness::fuzz
