// memset, memcpy and memmove of every small size that the compiler knows: what stands before and
// behind stays as it is.
#include "corpus.h"

// clang-format off
#define SIZES(X)                                                                            \
  X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16)    \
  X(17) X(18) X(19) X(20) X(21) X(22) X(23) X(24) X(25) X(26) X(27) X(28) X(29) X(30) X(31) \
  X(32) X(33) X(47) X(63) X(65) X(66) X(67) X(71) X(127)
// clang-format on

static unsigned char bytes[160], others[160];

static void begin(void) {
  for (int i = 0; i < 160; ++i) {
    bytes[i] = (unsigned char)(i * 5 + 3);
    others[i] = (unsigned char)(i * 11 + 8);
  }
}
static void look(uint32_t size) {
  mix_bytes(bytes + 4, size + 16);
  mix_bytes(bytes + 150, 10);
}

#define FILL(n)                         \
  begin();                              \
  __builtin_memset(bytes + 8, 0xA7, n); \
  look(n);                              \
  __builtin_memset(bytes + 9, 0, n);    \
  look(n);
#define COPY(n)                                    \
  begin();                                         \
  __builtin_memcpy(bytes + 8, others + offset, n); \
  look(n);
#define MOVE(n)                                        \
  begin();                                             \
  __builtin_memmove(bytes + 8, bytes + 7 + offset, n); \
  look(n);

__attribute__((noinline)) static void fill(void) { SIZES(FILL) }
__attribute__((noinline)) static void copy(int offset) { SIZES(COPY) }
__attribute__((noinline)) static void move(int offset) { SIZES(MOVE) }

// On the stack, among locals.
__attribute__((noinline)) static uint32_t among_locals(uint32_t x) {
  struct {
    char before[3], filled[5], behind[3];
    uint32_t number;
  } all = {"ab", "cdef", "gh", x};
  __builtin_memset(all.filled, (char)0x5A, sizeof all.filled);
  mix_bytes(&all, 11);
  return all.number;
}

int guest_main(int argument) {
  fill();
  copy(opaque(argument));
  move(opaque(0));
  move(opaque(3));
  mix(among_locals((uint32_t)argument * 77));
  return finish();
}
