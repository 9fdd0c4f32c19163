// Clean-up on every way out: guards in loops, early returns, nested scopes, switch.
#include "corpus.h"

namespace {

int g_depth;

template <typename F>
class Guard {
 public:
  explicit Guard(F f) : f_(f) { ++g_depth; }
  ~Guard() {
    --g_depth;
    f_();
  }
  Guard(const Guard&) = delete;

 private:
  F f_;
};

int work(int input) {
  const Guard outer([&] { mix(static_cast<uint32_t>(input)); });
  if (input % 5 == 0) return -1;
  for (int i = 0; i < 10; ++i) {
    const Guard inner([=] { mix(static_cast<uint32_t>(i * 100 + input)); });
    if (i == input % 7) break;
    if (i % 2) continue;
    switch (input % 4) {
      case 0: {
        const Guard innermost([] { mix(static_cast<uint32_t>(g_depth)); });
        if (i > 3) return i;
        break;
      }
      case 1:
        continue;
      default:
        mix(static_cast<uint32_t>(g_depth));
    }
  }
  return g_depth;
}

}  // namespace

extern "C" int guest_main(int argument) {
  for (int i = 0; i < 40; ++i) mix(static_cast<uint32_t>(work(opaque(i) + argument)));
  return g_depth == 0 ? finish() : 1;
}
