// Enumerations of fixed types, overloaded operators, conversions, three-way comparison by hand.
#include "corpus.h"

namespace {

enum class Mode : uint8_t { read = 1, write = 2, run = 4, all = 255 };
constexpr Mode operator|(Mode a, Mode b) {
  return static_cast<Mode>(static_cast<uint8_t>(a) | static_cast<uint8_t>(b));
}
constexpr Mode operator&(Mode a, Mode b) {
  return static_cast<Mode>(static_cast<uint8_t>(a) & static_cast<uint8_t>(b));
}
constexpr bool any(Mode mode) { return mode != Mode{}; }
enum class Wide : int64_t { least = INT64_MIN, large = 1ll << 40 };

class Meters {
 public:
  constexpr explicit Meters(int64_t value) : value_(value) {}
  constexpr Meters operator-() const { return Meters(-value_); }
  constexpr Meters operator*(int by) const { return Meters(value_ * by); }
  Meters& operator++() { return ++value_, *this; }
  Meters operator++(int) {
    const Meters before = *this;
    ++value_;
    return before;
  }
  int operator[](int digit) const {
    int64_t rest = value_ < 0 ? -value_ : value_;
    while (digit-- > 0) rest /= 10;
    return static_cast<int>(rest % 10);
  }
  int operator()(int a, int b) const { return static_cast<int>(value_ % 100000) * a + b; }
  explicit operator bool() const { return value_ != 0; }
  int64_t value() const { return value_; }

 private:
  int64_t value_;
};

}  // namespace

extern "C" int guest_main(int argument) {
  Mode mode = Mode::read;
  for (int i = 0; i < 16; ++i) {
    const Mode other = static_cast<Mode>(opaque(i));
    mode = (mode | other) & (i % 5 ? Mode::all : Mode::run);
    mix(static_cast<uint32_t>(mode) + any(mode & Mode::write));
  }
  Meters meters(opaque64(123456789012));
  for (int i = 0; i < 12; ++i) {
    mix(static_cast<uint32_t>(meters[i] + meters(i, argument)));
    mix64(static_cast<uint64_t>((i & 1 ? meters++ : ++meters).value()));
    if (meters && i % 4 == 3) meters = -meters * 3;
  }
  const Wide wide = opaque(0) ? Wide::least : Wide::large;
  mix64(static_cast<uint64_t>(wide));
  mix(wide > Wide::least);
  return finish();
}
