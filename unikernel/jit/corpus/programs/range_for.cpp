// Iterators and ranges of our own: filters, transformations, initializer lists by hand.
#include "corpus.h"

namespace {

struct Range {
  struct Iterator {
    int at, step;
    int operator*() const { return at; }
    Iterator& operator++() { return at += step, *this; }
    bool operator!=(const Iterator& end) const { return step > 0 ? at < end.at : at > end.at; }
  };
  int from, to, step = 1;
  Iterator begin() const { return {from, step}; }
  Iterator end() const { return {to, step}; }
};
template <typename Inner, typename Predicate>
struct Filter {
  Inner inner;
  Predicate keep;
  struct Iterator {
    decltype(inner.begin()) at, last;
    const Predicate* keep;
    auto operator*() const { return *at; }
    Iterator& operator++() {
      ++at;
      return skip();
    }
    Iterator& skip() {
      while (at != last && !(*keep)(*at)) ++at;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at != other.at; }
  };
  Iterator begin() const { return Iterator{inner.begin(), inner.end(), &keep}.skip(); }
  Iterator end() const { return {inner.end(), inner.end(), &keep}; }
};
template <typename Inner, typename Predicate>
Filter(Inner, Predicate) -> Filter<Inner, Predicate>;

}  // namespace

extern "C" int guest_main(int argument) {
  int sum = 0;
  for (int i : Range{0, opaque(30), 3}) sum = sum * 2 + i;
  for (int i : Range{50, opaque(10), -7}) sum ^= i << (i & 3);
  mix(static_cast<uint32_t>(sum));
  const int modulus = opaque(argument + 2);
  for (int i :
       Filter{Range{1, 60}, [=](int x) { return x * x % 7 == modulus % 7 || x % 11 == 0; }}) {
    mix(static_cast<uint32_t>(i));
  }
  int grid[3][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}, {9}};
  for (auto& row : grid) {
    for (int& cell : row) cell += opaque(2);
  }
  for (const auto& row : grid) {
    for (int cell : row) mix(static_cast<uint32_t>(cell));
  }
  return finish();
}
