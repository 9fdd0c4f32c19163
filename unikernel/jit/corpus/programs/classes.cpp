// Classes: constructors, destructors in order, copies, operators, constness.
#include "corpus.h"

namespace {

class Traced {
 public:
  explicit Traced(int id) : id_(id) { mix(static_cast<uint32_t>(id_)); }
  Traced(const Traced& other) : id_(other.id_ + 100) { mix(static_cast<uint32_t>(id_)); }
  Traced(Traced&& other) : id_(other.id_ + 1000) { other.id_ = -1; }
  Traced& operator=(const Traced& other) {
    id_ = other.id_ ^ 0x55;
    return *this;
  }
  ~Traced() { mix(static_cast<uint32_t>(-id_)); }
  int id() const { return id_; }

 private:
  int id_;
};

struct Fraction {
  int top, bottom;
  Fraction operator+(const Fraction& o) const {
    return {top * o.bottom + o.top * bottom, bottom * o.bottom};
  }
  Fraction operator*(const Fraction& o) const { return {top * o.top, bottom * o.bottom}; }
  bool operator<(const Fraction& o) const { return top * o.bottom < o.top * bottom; }
  Fraction& operator+=(const Fraction& o) { return *this = *this + o; }
  explicit operator double() const { return static_cast<double>(top) / bottom; }
};

Traced pass(Traced traced, int by) { return Traced(traced.id() + by); }

}  // namespace

extern "C" int guest_main(int argument) {
  Traced first(opaque(argument));
  {
    const Traced second = first;
    Traced third = pass(second, 7);
    third = first;
    const Traced moved = static_cast<Traced&&>(third);
    mix(static_cast<uint32_t>(moved.id() + third.id()));
    for (int i = 0; i < 3; ++i) {
      Traced inner(i);
      if (i == 1) continue;
      first = inner;
    }
  }
  Fraction sum{0, 1};
  for (int i = 1; i < 8; ++i) sum += Fraction{1, i} * Fraction{opaque(2), 3};
  mix(static_cast<uint32_t>(sum.top ^ sum.bottom) + (sum < Fraction{2, 1}));
  mix_double(static_cast<double>(sum));
  return finish();
}
