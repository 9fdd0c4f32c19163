// Templates: functions, classes, values and packs as parameters, specializations, folds.
#include "corpus.h"

namespace {

template <typename T>
constexpr T power(T base, unsigned exponent) {
  T result = 1;
  while (exponent-- > 0) result = static_cast<T>(result * base);
  return result;
}
template <typename T, unsigned kSize>
struct Stack {
  T items[kSize];
  unsigned count = 0;
  bool push(const T& item) { return count < kSize ? (items[count++] = item, true) : false; }
  T pop() { return items[--count]; }
};
template <typename T>
struct Traits {
  static constexpr uint32_t kCode = sizeof(T);
};
template <typename T>
struct Traits<T*> {
  static constexpr uint32_t kCode = 100 + Traits<T>::kCode;
};
template <>
struct Traits<bool> {
  static constexpr uint32_t kCode = 7;
};
template <unsigned kN>
struct Fibonacci {
  static constexpr uint64_t kValue = Fibonacci<kN - 1>::kValue + Fibonacci<kN - 2>::kValue;
};
template <>
struct Fibonacci<1> {
  static constexpr uint64_t kValue = 1;
};
template <>
struct Fibonacci<0> {
  static constexpr uint64_t kValue = 0;
};
template <typename... Ts>
auto sum(Ts... values) {
  return (values + ...);
}
template <typename First, typename... Rest>
uint32_t codes(First, Rest... rest) {
  if constexpr (sizeof...(rest) == 0)
    return Traits<First>::kCode;
  else
    return Traits<First>::kCode + 31 * codes(rest...);
}

}  // namespace

extern "C" int guest_main(int argument) {
  mix(power<uint8_t>(static_cast<uint8_t>(opaque(7)), 5));
  mix64(power<uint64_t>(static_cast<uint64_t>(opaque(13)), 17));
  mix_double(power(opaque_double(1.5), 20));
  Stack<int16_t, 5> narrow;
  Stack<double, 3> wide;
  for (int i = 0; i < 8; ++i) {
    mix(narrow.push(static_cast<int16_t>(i * argument)) + 2u * wide.push(i / 4.0));
  }
  while (narrow.count > 0) mix(static_cast<uint32_t>(narrow.pop()));
  while (wide.count > 0) mix_double(wide.pop());
  mix64(Fibonacci<80>::kValue ^ static_cast<uint64_t>(opaque64(1)));
  mix_double(sum(opaque(1), 2u, opaque_double(0.5), 'a', opaque64(1) << 33));
  int* pointer = nullptr;
  mix(codes(1, true, 2.0, pointer, &pointer, 'c'));
  return finish();
}
