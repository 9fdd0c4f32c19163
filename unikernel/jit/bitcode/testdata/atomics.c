// Atomic accesses of every size, and fences.
#define ATOMICS(type, name)                                                                        \
  type name(type* p, type x) {                                                                     \
    type expected = x;                                                                             \
    __atomic_store_n(p, x, __ATOMIC_RELEASE);                                                      \
    type r = __atomic_load_n(p, __ATOMIC_ACQUIRE);                                                 \
    r += __atomic_fetch_add(p, x, __ATOMIC_SEQ_CST) + __atomic_fetch_sub(p, x, __ATOMIC_RELAXED);  \
    r += __atomic_fetch_and(p, x, __ATOMIC_SEQ_CST) | __atomic_fetch_or(p, x, __ATOMIC_ACQ_REL);   \
    r ^= __atomic_fetch_xor(p, x, __ATOMIC_SEQ_CST) + __atomic_fetch_nand(p, x, __ATOMIC_SEQ_CST); \
    r ^= __atomic_exchange_n(p, x, __ATOMIC_SEQ_CST);                                              \
    if (__atomic_compare_exchange_n(p, &expected, r, 1, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) ++r;  \
    return r + expected;                                                                           \
  }
ATOMICS(unsigned char, bytes)
ATOMICS(short, shorts)
ATOMICS(int, ints)
void* swap(void** p, void* q) { return __atomic_exchange_n(p, q, __ATOMIC_SEQ_CST); }
_Atomic int counter;
int count(void) { return ++counter + counter--; }
int most(int* p, int x) {
  return __atomic_fetch_max(p, x, __ATOMIC_SEQ_CST) + __atomic_fetch_min(p, x, __ATOMIC_SEQ_CST);
}
void order(void) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  __atomic_signal_fence(__ATOMIC_ACQUIRE);
}
