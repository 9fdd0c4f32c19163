// Atomic operations on 64 bits at their natural alignment: one instruction on this target.
#include "corpus.h"

static _Alignas(8) int64_t g_value = -1;
static _Alignas(8) _Atomic uint64_t g_counter = 0xfffffffffffffff0u;

int guest_main(int argument) {
  for (int i = 0; i < 20; ++i) {
    const int64_t value = opaque64((int64_t)i << 31) + argument;
    mix64((uint64_t)__atomic_fetch_add(&g_value, value, __ATOMIC_SEQ_CST));
    mix64((uint64_t)__atomic_fetch_xor(&g_value, value * 3, __ATOMIC_SEQ_CST));
    mix64((uint64_t)__atomic_fetch_and(&g_value, ~(value << 7), __ATOMIC_SEQ_CST));
    g_counter += (uint64_t)value;
    mix64(g_counter);
    int64_t expected = i % 3 ? g_value : 0;
    mix((uint32_t)__atomic_compare_exchange_n(&g_value, &expected, value, 0, __ATOMIC_SEQ_CST,
                                              __ATOMIC_SEQ_CST));
    mix64((uint64_t)expected);
    mix64((uint64_t)__atomic_exchange_n(&g_value, g_value - 1, __ATOMIC_SEQ_CST));
    mix64((uint64_t)__atomic_load_n(&g_value, __ATOMIC_SEQ_CST));
  }
  return finish();
}
