// What programs of csmith's need, on the interface of a guest instead of a libc: the safe
// operations (each defined for all operands), the checksum of all globals, and an entry.
// csmith's own header of this name is not used: Debian ships it in another package, and it wants
// stdio.
#pragma once

#include "corpus.h"

// ---- safe operations: where the result would not be defined, it is the left operand

#define SAFE_UNSIGNED(type, bits)                                                         \
  static inline type safe_unary_minus_func_##type##_u(type a) { return (type) - a; }      \
  static inline type safe_add_func_##type##_u_u(type a, type b) { return (type)(a + b); } \
  static inline type safe_sub_func_##type##_u_u(type a, type b) { return (type)(a - b); } \
  static inline type safe_mul_func_##type##_u_u(type a, type b) {                         \
    return (type)((uint64_t)a * b);                                                       \
  }                                                                                       \
  static inline type safe_div_func_##type##_u_u(type a, type b) {                         \
    return b == 0 ? a : (type)(a / b);                                                    \
  }                                                                                       \
  static inline type safe_mod_func_##type##_u_u(type a, type b) {                         \
    return b == 0 ? a : (type)(a % b);                                                    \
  }                                                                                       \
  static inline type safe_lshift_func_##type##_u_u(type a, unsigned by) {                 \
    return by >= bits ? a : (type)((uint64_t)a << by);                                    \
  }                                                                                       \
  static inline type safe_lshift_func_##type##_u_s(type a, int by) {                      \
    return by < 0 || by >= bits ? a : (type)((uint64_t)a << by);                          \
  }                                                                                       \
  static inline type safe_rshift_func_##type##_u_u(type a, unsigned by) {                 \
    return by >= bits ? a : (type)(a >> by);                                              \
  }                                                                                       \
  static inline type safe_rshift_func_##type##_u_s(type a, int by) {                      \
    return by < 0 || by >= bits ? a : (type)(a >> by);                                    \
  }

#define SAFE_SIGNED(type, bits, least, most)                                      \
  static inline type safe_unary_minus_func_##type##_s(type a) {                   \
    return a == least ? a : (type) - a;                                           \
  }                                                                               \
  static inline type safe_add_func_##type##_s_s(type a, type b) {                 \
    type result;                                                                  \
    return __builtin_add_overflow(a, b, &result) ? a : result;                    \
  }                                                                               \
  static inline type safe_sub_func_##type##_s_s(type a, type b) {                 \
    type result;                                                                  \
    return __builtin_sub_overflow(a, b, &result) ? a : result;                    \
  }                                                                               \
  static inline type safe_mul_func_##type##_s_s(type a, type b) {                 \
    if (a > 0 ? b > most / a || b < least / a                                     \
              : a < 0 && (b > 0 ? a < least / b : b < 0 && a < most / b))         \
      return a;                                                                   \
    return (type)(a * b);                                                         \
  }                                                                               \
  static inline type safe_div_func_##type##_s_s(type a, type b) {                 \
    return b == 0 || (a == least && b == -1) ? a : (type)(a / b);                 \
  }                                                                               \
  static inline type safe_mod_func_##type##_s_s(type a, type b) {                 \
    return b == 0 || (a == least && b == -1) ? a : (type)(a % b);                 \
  }                                                                               \
  static inline type safe_lshift_func_##type##_s_u(type a, unsigned by) {         \
    return a < 0 || by >= bits || a > most >> by ? a : (type)(a << by);           \
  }                                                                               \
  static inline type safe_lshift_func_##type##_s_s(type a, int by) {              \
    return a < 0 || by < 0 || by >= bits || a > most >> by ? a : (type)(a << by); \
  }                                                                               \
  static inline type safe_rshift_func_##type##_s_u(type a, unsigned by) {         \
    return by >= bits ? a : (type)(a >> by);                                      \
  }                                                                               \
  static inline type safe_rshift_func_##type##_s_s(type a, int by) {              \
    return by < 0 || by >= bits ? a : (type)(a >> by);                            \
  }

SAFE_UNSIGNED(uint8_t, 8)
SAFE_UNSIGNED(uint16_t, 16)
SAFE_UNSIGNED(uint32_t, 32)
SAFE_UNSIGNED(uint64_t, 64)
SAFE_SIGNED(int8_t, 8, INT8_MIN, INT8_MAX)
SAFE_SIGNED(int16_t, 16, INT16_MIN, INT16_MAX)
SAFE_SIGNED(int32_t, 32, INT32_MIN, INT32_MAX)
SAFE_SIGNED(int64_t, 64, INT64_MIN, INT64_MAX)

// ---- the checksum: CRC-32 of the globals' bytes

static uint32_t crc32_table[256];
static uint32_t crc32_context = 0xffffffffu;

static void crc32_gentab(void) {
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
    crc32_table[i] = value;
  }
}

static void transparent_crc_bytes(const char* bytes, int count, const char* name, int flag) {
  (void)name, (void)flag;
  for (int i = 0; i < count; ++i) {
    crc32_context =
        crc32_table[(crc32_context ^ (unsigned char)bytes[i]) & 255] ^ crc32_context >> 8;
  }
}

static void transparent_crc(uint64_t value, const char* name, int flag) {
  char bytes[8];
  __builtin_memcpy(bytes, &value, sizeof bytes);
  transparent_crc_bytes(bytes, sizeof bytes, name, flag);
}

// ---- the entry

#define platform_main_begin()
#define printf(...) ((void)0)
#define main csmith_main

int csmith_main(void);

static void platform_main_end(uint32_t crc, int flag) {
  (void)flag;
  checksum_state = crc;
}

int guest_main(int argument) {
  (void)argument;
  csmith_main();
  return finish();
}
