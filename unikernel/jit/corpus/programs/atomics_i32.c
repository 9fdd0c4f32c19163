// Atomic operations on 32 bits and on pointers; fences; a lock and a counter made of them.
#include "corpus.h"

static _Atomic int32_t g_signed = -5;
static uint32_t g_unsigned = 10;
static int g_cells[4];
static int* g_next = g_cells;
static volatile unsigned char g_lock;

static void locked_add(int value) {
  while (__atomic_test_and_set(&g_lock, __ATOMIC_ACQUIRE)) {
  }
  g_cells[value & 3] += value;
  __atomic_clear(&g_lock, __ATOMIC_RELEASE);
}

int guest_main(int argument) {
  for (int i = 0; i < 30; ++i) {
    const int value = opaque(i * 31 - 200) + argument;
    g_signed += value;
    g_signed ^= 0x1010;
    mix((uint32_t)g_signed);
    mix((uint32_t)__c11_atomic_fetch_max(&g_signed, value, __ATOMIC_SEQ_CST));
    mix((uint32_t)__c11_atomic_fetch_min(&g_signed, value / 2, __ATOMIC_SEQ_CST));
    mix(__atomic_fetch_max(&g_unsigned, (uint32_t)value, __ATOMIC_RELAXED));
    mix(__atomic_fetch_min(&g_unsigned, 1000u + (uint32_t)i, __ATOMIC_RELAXED));
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    uint32_t old = g_unsigned;
    while (!__atomic_compare_exchange_n(&g_unsigned, &old, old * 3 + 1, 1, __ATOMIC_ACQ_REL,
                                        __ATOMIC_ACQUIRE)) {
    }
    mix(old);
    __atomic_signal_fence(__ATOMIC_ACQUIRE);
    locked_add(value & 0xff);
    int* const cell = __atomic_exchange_n(&g_next, &g_cells[i & 3], __ATOMIC_SEQ_CST);
    mix((uint32_t)(cell - g_cells));
    __atomic_fetch_add(cell, 2, __ATOMIC_SEQ_CST);
  }
  for (int i = 0; i < 4; ++i) mix((uint32_t)g_cells[i]);
  return finish();
}
