// Results that may be missing: small structures with flags as first-class values through calls.
#include "corpus.h"

namespace {

template <typename T>
struct Optional {
  T value{};
  bool present = false;
  template <typename F>
  auto then(F f) const -> decltype(f(value)) {
    if (!present) return {};
    return f(value);
  }
  T value_or(T other) const { return present ? value : other; }
};
template <typename T>
Optional<T> some(T value) {
  return {value, true};
}
[[gnu::noinline]] Optional<int> parse(const char* text) {
  int value = 0;
  if (!*text) return {};
  for (; *text; ++text) {
    if (*text < '0' || *text > '9') return {};
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, *text - '0', &value))
      return {};
  }
  return some(value);
}
[[gnu::noinline]] Optional<int64_t> root(int value) {
  for (int64_t i = 0; i * i <= value; ++i) {
    if (i * i == value) return some(i);
  }
  return {};
}
[[gnu::noinline]] Optional<double> inverse(int64_t value) {
  return value == 0 ? Optional<double>{} : some(1.0 / static_cast<double>(value));
}

}  // namespace

extern "C" int guest_main(int argument) {
  static const char* const kTexts[] = {"49",         "x",   "",  "0",          "2147483647",
                                       "2147483648", "144", "1", "99999999999"};
  for (const char* text : kTexts) {
    const Optional<int> number = parse(text);
    mix(static_cast<uint32_t>(number.value_or(-argument)) + number.present);
    const Optional<int64_t> square_root = number.then(root);
    mix64(static_cast<uint64_t>(square_root.value_or(opaque64(-7))));
    mix_double(square_root.then(inverse).value_or(opaque_double(-0.5)));
  }
  return finish();
}
