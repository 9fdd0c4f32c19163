// Things in the order of a rank, otherwise in the order they had. (libstdc++ 12's stable_sort uses
// what C++17 deprecates, and clang refuses that.)
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace harness {

/// `rank` of an item is compared with <; the lowest stands first.
template <class T, class Rank>
std::vector<T> ranked(std::vector<T> items, Rank rank) {
  using Key = std::pair<decltype(rank(items.front())), std::size_t>;
  std::vector<Key> order;
  order.reserve(items.size());
  for (const T& item : items) order.emplace_back(rank(item), order.size());
  std::ranges::sort(order);
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const Key& key : order) sorted.push_back(std::move(items[key.second]));
  return sorted;
}

}  // namespace harness
