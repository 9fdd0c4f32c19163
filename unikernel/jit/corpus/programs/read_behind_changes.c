// Functions that read a size where they begin, but behind something that changes it: a call, a copy
// that stays one, an atomic addition, and stores that are wider, narrower, or somewhere else
// between two fields. Each call finds the same sizes, so that they look like what could be baked
// in.
#include "corpus.h"

struct Sizes {
  uint32_t rows, columns, step, limit;
};
struct Wide {
  uint64_t value;
} __attribute__((packed, may_alias));
typedef uint16_t Half __attribute__((may_alias));
#define KEPT __attribute__((noinline))  // and not static: clang knows nothing of the arguments

KEPT void changed(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_call(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_copy(struct Sizes* sizes, const struct Sizes* from);
KEPT uint32_t behind_fill(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_addition(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_exchange(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_wide_store(struct Sizes* sizes, uint32_t by);
KEPT uint32_t behind_narrow_store(struct Sizes* sizes, uint32_t by);

static uint32_t data[64];

static inline uint32_t sum_of(uint32_t count, uint32_t sum) {
  for (uint32_t i = 0; i < count; ++i) sum = sum * 31 + data[i % COUNT(data)];
  return sum;
}
void changed(struct Sizes* sizes, uint32_t by) { sizes->rows += by; }

uint32_t behind_call(struct Sizes* sizes, uint32_t by) {
  changed(sizes, by);
  return sum_of(sizes->rows, by);
}
uint32_t behind_copy(struct Sizes* sizes, const struct Sizes* from) {
  __builtin_memmove(sizes, from, sizeof *from);
  return sum_of(sizes->columns, 1);
}
uint32_t behind_fill(struct Sizes* sizes, uint32_t by) {
  __builtin_memset(&sizes->rows, 0, 7);  // a byte of columns is left
  return sum_of(sizes->columns + by, sizes->rows);
}
uint32_t behind_addition(struct Sizes* sizes, uint32_t by) {
  __atomic_fetch_add(&sizes->rows, by, __ATOMIC_SEQ_CST);
  return sum_of(sizes->rows, by);
}
uint32_t behind_exchange(struct Sizes* sizes, uint32_t by) {
  uint32_t expected = 5;
  __atomic_compare_exchange_n(&sizes->rows, &expected, by, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return sum_of(sizes->rows, 2);
}
uint32_t behind_wide_store(struct Sizes* sizes, uint32_t by) {
  ((struct Wide*)((char*)sizes + 2))->value = (uint64_t)by << 16;  // unaligned, of three fields
  return sum_of(sizes->columns, sizes->step);
}
uint32_t behind_narrow_store(struct Sizes* sizes, uint32_t by) {
  ((Half*)sizes)[2] = (uint16_t)by;
  return sum_of(sizes->columns, by);
}

// Each one by itself and directly, for many rounds; the last third of them with another number.
#define EACH_ROUND(call)                              \
  for (uint32_t round = 0; round < rounds; ++round) { \
    const uint32_t by = round < change ? 3 : 4;       \
    sizes[0] = begin;                                 \
    others.columns = by * 5;                          \
    mix(call);                                        \
  }

int guest_main(int argument) {
  static const struct Sizes begin = {5, 6, 7, 8};
  static struct Sizes sizes[1], others = {9, 10, 11, 12};
  const uint32_t rounds = 180 * (uint32_t)argument, change = 120 * (uint32_t)argument;
  for (uint32_t i = 0; i < COUNT(data); ++i) data[i] = i * 2654435761u >> 9;
  EACH_ROUND(behind_call(sizes, by))
  EACH_ROUND(behind_copy(sizes, &others))
  EACH_ROUND(behind_fill(sizes, by))
  EACH_ROUND(behind_addition(sizes, by))
  EACH_ROUND(behind_exchange(sizes, by))
  EACH_ROUND(behind_wide_store(sizes, by))
  EACH_ROUND(behind_narrow_store(sizes, by))
  return finish();
}
