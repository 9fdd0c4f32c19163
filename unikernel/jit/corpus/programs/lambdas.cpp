// Lambdas: captures by value and reference, mutable ones, generic ones, as function pointers.
#include "corpus.h"

namespace {

template <typename F>
int repeat(int times, F&& f) {
  int result = 0;
  for (int i = 0; i < times; ++i) result = f(result, i);
  return result;
}
template <typename F, typename G>
auto compose(F f, G g) {
  return [=](auto x) { return f(g(x)); };
}
auto counter(int start) {
  return [count = start]() mutable { return count++; };
}
using Plain = int (*)(int);

}  // namespace

extern "C" int guest_main(int argument) {
  int total = argument;
  const int factor = opaque(3);
  mix(static_cast<uint32_t>(repeat(10, [&](int sum, int i) {
    total += i;
    return sum * factor + total;
  })));
  mix(static_cast<uint32_t>(total));
  auto next = counter(opaque(40));
  auto copy = next;
  mix(static_cast<uint32_t>(next() * 10000 + next() * 100 + copy()));
  const auto twice = [](auto x) { return x + x; };
  const auto shifted = [factor](auto x) { return x - factor; };
  mix(static_cast<uint32_t>(compose(twice, shifted)(opaque(50))));
  mix_double(compose(shifted, twice)(opaque_double(0.3)));
  const Plain table[] = {[](int x) { return x * x; }, [](int x) { return ~x; },
                         [](int x) { return x % 17; }};
  for (int i = 0; i < 20; ++i) mix(static_cast<uint32_t>(table[opaque(i) % 3](i * 11)));
  const auto fibonacci = [](auto self, unsigned n) -> unsigned {
    return n < 2 ? n : self(self, n - 1) + self(self, n - 2);
  };
  mix(fibonacci(fibonacci, static_cast<unsigned>(opaque(15))));
  return finish();
}
