// Atomic operations on 8 and 16 bits, every kind, with old and new values.
#include "corpus.h"

static uint8_t g_byte = 200;
static uint16_t g_word = 65000;

int guest_main(int argument) {
  for (int i = 0; i < 20; ++i) {
    const uint8_t b = (uint8_t)opaque(i * 7 + argument);
    const uint16_t w = (uint16_t)opaque(i * 1001);
    mix(__atomic_fetch_add(&g_byte, b, __ATOMIC_SEQ_CST));
    mix(__atomic_fetch_sub(&g_word, w, __ATOMIC_ACQ_REL));
    mix(__atomic_or_fetch(&g_byte, (uint8_t)1, __ATOMIC_RELAXED));
    mix(__atomic_and_fetch(&g_word, (uint16_t)0xfff3, __ATOMIC_RELAXED));
    mix(__atomic_fetch_xor(&g_byte, (uint8_t)0x3c, __ATOMIC_SEQ_CST));
    mix(__atomic_fetch_nand(&g_word, (uint16_t)0x0ff0, __ATOMIC_SEQ_CST));
    mix(__atomic_exchange_n(&g_byte, (uint8_t)(b ^ 0x80), __ATOMIC_SEQ_CST));
    uint16_t expected = (uint16_t)(i & 1 ? g_word : 5);
    mix((uint32_t)__atomic_compare_exchange_n(&g_word, &expected, w, 0, __ATOMIC_SEQ_CST,
                                              __ATOMIC_RELAXED));
    mix(expected);
    mix(__atomic_load_n(&g_byte, __ATOMIC_ACQUIRE));
    __atomic_store_n(&g_word, (uint16_t)(g_word + 3), __ATOMIC_RELEASE);
    mix(g_word);
  }
  return finish();
}
