// What code_pages.cpp makes machine code of, again and again.

static unsigned g_weights[16], g_calls;

__attribute__((noinline)) unsigned inner(unsigned x) { return x * 5 + 7; }
// Is in the middle of both its calls when its code is made anew.
__attribute__((noinline)) unsigned outer(unsigned x) { return inner(x) * 3 + inner(x + 1); }

// 0: all calls have given what they should.
int nested(int rounds) {
  int wrong = 0;
  for (unsigned x = 0; x < (unsigned)rounds; ++x) {
    wrong += outer(x) != (x * 5 + 7) * 3 + (x + 1) * 5 + 7;
  }
  return wrong;
}

// What is atomic is interpreted, in T1 and T2, too.
__attribute__((noinline)) unsigned mix(unsigned factor, unsigned turns, unsigned state) {
  for (unsigned i = 0; i < turns; ++i) {
    state = state * factor + g_weights[i & 15] + (state >> 7);
  }
  return state ^ __atomic_fetch_add(&g_calls, 1, __ATOMIC_RELAXED);
}

// The factor is always the same, for a while: the version that is made for it fits no longer then.
int guest_main(int phases) {
  unsigned state = 1;
  for (unsigned k = 0; k < 16; ++k) g_weights[k] = k * 40503;
  for (unsigned phase = 0; phase < (unsigned)phases; ++phase) {
    const unsigned factor = 1664525 + 8 * phase;
    const unsigned calls = phase % 2 == 0 ? 2000 : 5000;
    for (unsigned call = 0; call < calls; ++call) state = mix(factor, 24, state + call);
  }
  return (int)(state >> 8 & 0xFF);
}
