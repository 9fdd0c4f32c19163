// References: as members, results, of rvalues with longer lives, to functions and arrays.
#include "corpus.h"

namespace {

struct View {
  int& first;
  const int (&rest)[4];
  int& at(int i) const { return i == 0 ? first : const_cast<int&>(rest[i - 1]); }
};
struct Temporary {
  int value;
  ~Temporary() { mix(static_cast<uint32_t>(value)); }
};

int& larger(int& a, int& b) { return a > b ? a : b; }
const int& clamp(const int& v, const int& low, const int& high) {
  return v < low ? low : v > high ? high : v;
}
Temporary make(int value) { return {value}; }
int apply(int (&function)(int, int), int a, int b) { return function(a, b); }
int difference(int a, int b) { return a - b; }
template <typename T>
void exchange(T& a, T& b) {
  T kept = static_cast<T&&>(a);
  a = static_cast<T&&>(b);
  b = static_cast<T&&>(kept);
}

}  // namespace

extern "C" int guest_main(int argument) {
  int head = opaque(argument);
  int tail[4] = {5, 6, 7, 8};
  const View view{head, tail};
  for (int i = 0; i < 20; ++i) {
    view.at(opaque(i) % 5) += i;
    larger(head, tail[i % 4]) -= 3;
    exchange(head, tail[(i + 1) % 4]);
    mix(static_cast<uint32_t>(clamp(head, -5, opaque(20))));
  }
  for (int value : tail) mix(static_cast<uint32_t>(value));
  const Temporary& longer = make(opaque(42));
  make(opaque(43));
  mix(static_cast<uint32_t>(longer.value + apply(difference, head, 7)));
  return finish();
}
