// Inline functions, inline variables and templates' statics: what may come from many files.
#include "corpus.h"

inline int g_shared = 5;
inline const char* const kNames[] = {"zero", "one", "two"};

template <int kId>
struct Registry {
  static int count;
  static int next() { return ++count * kId; }
};
template <int kId>
int Registry<kId>::count = kId * 10;

inline int bump() {
  static int calls = 100;
  g_shared += calls;
  return ++calls;
}

template <typename T>
T remembered(T value) {
  static T last = T(1);
  const T before = last;
  last = value;
  return before;
}

extern "C" int guest_main(int argument) {
  for (int i = 0; i < 10; ++i) {
    mix(static_cast<uint32_t>(bump()));
    mix(static_cast<uint32_t>(Registry<3>::next() - Registry<4>::next()));
    mix(static_cast<uint32_t>(remembered(opaque(i * argument))));
    mix_double(remembered(opaque_double(i * 0.5)));
    mix(static_cast<uint8_t>(kNames[opaque(i) % 3][0]));
  }
  mix(static_cast<uint32_t>(g_shared));
  return finish();
}
