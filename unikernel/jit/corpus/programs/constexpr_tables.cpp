// Tables computed by the compiler, read at places it does not know.
#include "corpus.h"

namespace {

template <typename T, unsigned kSize>
struct Array {
  T items[kSize];
  constexpr T& operator[](unsigned i) { return items[i]; }
  constexpr const T& operator[](unsigned i) const { return items[i]; }
};
constexpr auto kPrimes = [] {
  Array<uint16_t, 100> primes{};
  unsigned found = 0;
  for (unsigned n = 2; found < 100; ++n) {
    bool prime = true;
    for (unsigned d = 2; d * d <= n; ++d) prime = prime && n % d != 0;
    if (prime) primes[found++] = static_cast<uint16_t>(n);
  }
  return primes;
}();
constexpr auto kSines = [] {
  Array<double, 32> sines{};
  for (unsigned i = 0; i < 32; ++i) {
    const double x = i * 0.1;
    double term = x;
    for (int k = 1; k < 10; ++k) {
      sines[i] += term;
      term *= -x * x / (2 * k * (2 * k + 1));
    }
  }
  return sines;
}();
struct Entry {
  char letter;
  int64_t wide;
  bool vowel;
};
constexpr auto kLetters = [] {
  Array<Entry, 26> letters{};
  for (unsigned i = 0; i < 26; ++i) {
    const char c = static_cast<char>('a' + i);
    letters[i] = {c, int64_t{i} << (i + 8),
                  c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'};
  }
  return letters;
}();
static_assert(kPrimes[99] == 541);

}  // namespace

extern "C" int guest_main(int argument) {
  for (unsigned i = 0; i < 100; i += 7)
    mix(kPrimes[(i + static_cast<unsigned>(opaque(argument))) % 100]);
  for (unsigned i = 0; i < 32; ++i)
    mix_double(kSines[static_cast<unsigned>(opaque(static_cast<int>(i)))]);
  for (unsigned i = 0; i < 26; ++i) {
    const Entry& entry = kLetters[(i * 5 + static_cast<unsigned>(opaque(argument))) % 26];
    mix64(static_cast<uint64_t>(entry.wide) + static_cast<uint8_t>(entry.letter) + entry.vowel);
  }
  return finish();
}
