// Static polymorphism, mixins, tag dispatch, policies, empty bases.
#include "corpus.h"

namespace {

template <typename Self>
struct Comparable {
  friend bool operator>(const Self& a, const Self& b) { return b < a; }
  friend bool operator<=(const Self& a, const Self& b) { return !(b < a); }
  friend bool operator==(const Self& a, const Self& b) { return !(a < b) && !(b < a); }
};
struct Version : Comparable<Version> {
  Version(int a, int b) : major_part(a), minor_part(b) {}
  bool operator<(const Version& o) const {
    return major_part < o.major_part || (major_part == o.major_part && minor_part < o.minor_part);
  }
  int major_part, minor_part;
};
struct Wrap {
  static constexpr int limit(int value) { return value & 127; }
};
struct Saturate {
  static constexpr int limit(int value) { return value > 127 ? 127 : value; }
};
template <typename Policy>
struct Adder : private Policy {
  int sum = 0;
  void add(int value) { sum = Policy::limit(sum + value); }
};
struct Signed {};
struct Unsigned {};
uint32_t halve(int value, Signed) { return static_cast<uint32_t>(value / 2); }
uint32_t halve(int value, Unsigned) { return static_cast<uint32_t>(value) / 2; }

}  // namespace

extern "C" int guest_main(int argument) {
  Adder<Wrap> wrapped;
  Adder<Saturate> saturated;
  for (int i = 0; i < 30; ++i) {
    const Version a(opaque(i) % 4, i % 3), b(argument, opaque(i) % 2);
    mix((a < b) + 2u * (a > b) + 4u * (a <= b) + 8u * (a == b));
    wrapped.add(a.major_part * 20);
    saturated.add(a.minor_part * 9);
    mix(static_cast<uint32_t>(wrapped.sum * 256 + saturated.sum));
    mix(halve(-i * 3, Signed{}) ^ halve(-i * 3, Unsigned{}));
  }
  mix(sizeof(Adder<Wrap>));
  return finish();
}
