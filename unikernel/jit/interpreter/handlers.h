// Handlers of the families of ops.h, as macros of what each computes. They speak of the loop's own
// names (loop.h): frame, ip, acc, acc32, acc64, memory, and the macros SLOT, CONSTANT, NEXT, TAKE
// and PLACE. No header: loop.h includes it. NOLINTBEGIN(bugprone-macro-parentheses): what is
// written here is what the macros are given
#pragma once

#define SLOT(k) slot_at<uint32_t>(frame, ip[k])
#define CONSTANT(k) static_cast<uint32_t>(ip[k])
// The frame is held in a register: where everything needs it, the compiler would rather spill it.
#define GO()                            \
  do {                                  \
    asm("" : "+r"(frame));              \
    goto* reinterpret_cast<void*>(*ip); \
  } while (false)
#define NEXT(n) \
  do {          \
    ip += (n);  \
    GO();       \
  } while (false)
#define TAKE(k)                                  \
  do {                                           \
    budget -= static_cast<int32_t>(ip[(k) + 1]); \
    ip = reinterpret_cast<const Cell*>(ip[k]);   \
    if (budget < 0) [[unlikely]]                 \
      goto refuel;                               \
    GO();                                        \
  } while (false)
#define END(why)            \
  do {                      \
    outcome = Outcome::why; \
    goto end;               \
  } while (false)
#define PLACE(T, address)                              \
  auto* const place = memory.template at<T>(address);  \
  if constexpr (!__is_same(Memory, UncheckedMemory)) { \
    if (place == nullptr) [[unlikely]]                 \
      goto wild;                                       \
  }

#define BINARY(n, expression)                    \
  n##_as_a : {                                   \
    const uint32_t a = acc, b = SLOT(1);         \
    acc = (expression);                          \
  }                                              \
  NEXT(2);                                       \
  n##_as_d : {                                   \
    const uint32_t a = acc, b = SLOT(1);         \
    acc = (expression);                          \
    SLOT(2) = acc;                               \
  }                                              \
  NEXT(3);                                       \
  n##_ac_a : {                                   \
    const uint32_t a = acc, b = CONSTANT(1);     \
    acc = (expression);                          \
  }                                              \
  NEXT(2);                                       \
  n##_ac_d : {                                   \
    const uint32_t a = acc, b = CONSTANT(1);     \
    acc = (expression);                          \
    SLOT(2) = acc;                               \
  }                                              \
  NEXT(3);                                       \
  n##_ss_a : {                                   \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    acc = (expression);                          \
  }                                              \
  NEXT(3);                                       \
  n##_ss_d : {                                   \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    acc = (expression);                          \
    SLOT(3) = acc;                               \
  }                                              \
  NEXT(4);                                       \
  n##_sc_a : {                                   \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    acc = (expression);                          \
  }                                              \
  NEXT(3);                                       \
  n##_sc_d : {                                   \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    acc = (expression);                          \
    SLOT(3) = acc;                               \
  }                                              \
  NEXT(4);
#define JUMP(n, expression)                      \
  jump_##n##_as : {                              \
    const uint32_t a = acc, b = SLOT(1);         \
    if (expression) TAKE(2);                     \
  }                                              \
  NEXT(4);                                       \
  jump_##n##_ac : {                              \
    const uint32_t a = acc, b = CONSTANT(1);     \
    if (expression) TAKE(2);                     \
  }                                              \
  NEXT(4);                                       \
  jump_##n##_ss : {                              \
    const uint32_t a = SLOT(1), b = SLOT(2);     \
    if (expression) TAKE(3);                     \
  }                                              \
  NEXT(5);                                       \
  jump_##n##_sc : {                              \
    const uint32_t a = SLOT(1), b = CONSTANT(2); \
    if (expression) TAKE(3);                     \
  }                                              \
  NEXT(5);
#define UNARY_OF(n, T, A, expression)     \
  n##_a_a : {                             \
    const T a = A;                        \
    A = (expression);                     \
  }                                       \
  NEXT(1);                                \
  n##_a_d : {                             \
    const T a = A;                        \
    A = (expression);                     \
    slot_at<T>(frame, ip[1]) = A;         \
  }                                       \
  NEXT(2);                                \
  n##_s_a : {                             \
    const T a = slot_at<T>(frame, ip[1]); \
    A = (expression);                     \
  }                                       \
  NEXT(2);                                \
  n##_s_d : {                             \
    const T a = slot_at<T>(frame, ip[1]); \
    A = (expression);                     \
    slot_at<T>(frame, ip[2]) = A;         \
  }                                       \
  NEXT(3);
#define UNARY(n, expression) UNARY_OF(n, uint32_t, acc, expression)
#define LOAD_FORM(n, form, cells, address, T, A, R, cast)        \
  n##_##form##_a : { PLACE(T, address) A = cast(place->value); } \
  NEXT(cells);                                                   \
  n##_##form##_d : {                                             \
    PLACE(T, address) A = cast(place->value);                    \
    slot_at<R>(frame, ip[cells]) = A;                            \
  }                                                              \
  NEXT((cells) + 1);
#define LOADS(n, T, A, R, cast)                                                   \
  LOAD_FORM(n, c, 2, CONSTANT(1), T, A, R, cast)                                  \
  LOAD_FORM(n, s, 3, SLOT(1) + CONSTANT(2), T, A, R, cast)                        \
  LOAD_FORM(n, a, 2, acc + CONSTANT(1), T, A, R, cast)                            \
  LOAD_FORM(n, sx, 4, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T, A, R, cast) \
  LOAD_FORM(n, ax, 3, SLOT(1) + acc * kScale<T> + CONSTANT(2), T, A, R, cast)     \
  LOAD_FORM(n, x, 3, SLOT(1) * kScale<T> + CONSTANT(2), T, A, R, cast)            \
  LOAD_FORM(n, ac, 2, acc* kScale<T> + CONSTANT(1), T, A, R, cast)
#define WORD_LOADS(n, T, cast) LOADS(n, T, acc, uint32_t, cast)
#define WIDE_LOAD(n, form, cells, address, T)                                     \
  n##_##form : { PLACE(T, address) slot_at<T>(frame, ip[cells]) = place->value; } \
  NEXT((cells) + 1);
#define WIDE_LOADS(n, T)                                              \
  WIDE_LOAD(n, c, 2, CONSTANT(1), T)                                  \
  WIDE_LOAD(n, s, 3, SLOT(1) + CONSTANT(2), T)                        \
  WIDE_LOAD(n, a, 2, acc + CONSTANT(1), T)                            \
  WIDE_LOAD(n, sx, 4, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T) \
  WIDE_LOAD(n, ax, 3, SLOT(1) + acc * kScale<T> + CONSTANT(2), T)     \
  WIDE_LOAD(n, x, 3, SLOT(1) * kScale<T> + CONSTANT(2), T)            \
  WIDE_LOAD(n, ac, 2, acc* kScale<T> + CONSTANT(1), T)
#define STORE_FORM(n, what, form, cells, used, address, T, stored)             \
  n##what##form : { PLACE(T, address) place->value = static_cast<T>(stored); } \
  NEXT((cells) + (used));
#define STORES(n, what, used, T, stored)                                                      \
  STORE_FORM(n, what, c, 2, used, CONSTANT(1), T, stored(2))                                  \
  STORE_FORM(n, what, s, 3, used, SLOT(1) + CONSTANT(2), T, stored(3))                        \
  STORE_FORM(n, what, sx, 4, used, SLOT(1) + SLOT(2) * kScale<T> + CONSTANT(3), T, stored(4)) \
  STORE_FORM(n, what, x, 3, used, SLOT(1) * kScale<T> + CONSTANT(2), T, stored(3))
#define ACC(k) acc
#define ACC32(k) acc32
#define ACC64(k) acc64
#define SLOT32(k) slot_at<float>(frame, ip[k])
#define SLOT64(k) slot_at<double>(frame, ip[k])
#define SLOTPAIR(k) slot_at<uint64_t>(frame, ip[k])
#define WORD_STORES(n, T)    \
  STORES(n, _a_, 0, T, ACC)  \
  STORES(n, _s_, 1, T, SLOT) \
  STORES(n, _c_, 1, T, CONSTANT)
#define SLOTQUAD(k) slot_at<Quad>(frame, ip[k])
#define REAL(n, T, A, expression)                                       \
  n##_as_a : {                                                          \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(2);                                                              \
  n##_as_d : {                                                          \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[2]) = A;                                       \
  }                                                                     \
  NEXT(3);                                                              \
  n##_sa_a : {                                                          \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(2);                                                              \
  n##_sa_d : {                                                          \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[2]) = A;                                       \
  }                                                                     \
  NEXT(3);                                                              \
  n##_ss_a : {                                                          \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    A = (expression);                                                   \
  }                                                                     \
  NEXT(3);                                                              \
  n##_ss_d : {                                                          \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    A = (expression);                                                   \
    slot_at<T>(frame, ip[3]) = A;                                       \
  }                                                                     \
  NEXT(4);
#define REAL32(n, expression) REAL(n##32, float, acc32, expression)
#define REAL64(n, expression) REAL(n##64, double, acc64, expression)
#define UNARY32(n, expression) UNARY_OF(n##32, float, acc32, expression)
#define UNARY64(n, expression) UNARY_OF(n##64, double, acc64, expression)
#define COMPARE(n, T, A, expression)                                    \
  n##_as : {                                                            \
    const T a = A, b = slot_at<T>(frame, ip[1]);                        \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(2);                                                              \
  n##_sa : {                                                            \
    const T b = A, a = slot_at<T>(frame, ip[1]);                        \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(2);                                                              \
  n##_ss : {                                                            \
    const T a = slot_at<T>(frame, ip[1]), b = slot_at<T>(frame, ip[2]); \
    acc = (expression);                                                 \
  }                                                                     \
  NEXT(3);
#define COMPARE32(n, expression) COMPARE(n##32, float, acc32, expression)
#define COMPARE64(n, expression) COMPARE(n##64, double, acc64, expression)
#define TYPE_word uint32_t
#define TYPE_single float
#define TYPE_real double
#define ACC_word acc
#define ACC_single acc32
#define ACC_real acc64
#define CONVERT(n, from, to, expression)                      \
  n##_a_a : {                                                 \
    const TYPE_##from a = ACC_##from;                         \
    ACC_##to = (expression);                                  \
  }                                                           \
  NEXT(1);                                                    \
  n##_a_d : {                                                 \
    const TYPE_##from a = ACC_##from;                         \
    ACC_##to = (expression);                                  \
    slot_at<TYPE_##to>(frame, ip[1]) = ACC_##to;              \
  }                                                           \
  NEXT(2);                                                    \
  n##_s_a : {                                                 \
    const TYPE_##from a = slot_at<TYPE_##from>(frame, ip[1]); \
    ACC_##to = (expression);                                  \
  }                                                           \
  NEXT(2);                                                    \
  n##_s_d : {                                                 \
    const TYPE_##from a = slot_at<TYPE_##from>(frame, ip[1]); \
    ACC_##to = (expression);                                  \
    slot_at<TYPE_##to>(frame, ip[2]) = ACC_##to;              \
  }                                                           \
  NEXT(3);
#define PAIR(n, expression)                          \
  n: {                                               \
    const uint64_t a = SLOTPAIR(1), b = SLOTPAIR(2); \
    SLOTPAIR(3) = (expression);                      \
  }                                                  \
  NEXT(4);
#define PAIR_COMPARE(n, expression)                  \
  n: {                                               \
    const uint64_t a = SLOTPAIR(1), b = SLOTPAIR(2); \
    acc = (expression);                              \
  }                                                  \
  NEXT(3);
#define LANES(n, expression)                     \
  n: {                                           \
    const Quad a = SLOTQUAD(1), b = SLOTQUAD(2); \
    SLOTQUAD(3) = (expression);                  \
  }                                              \
  NEXT(4);
#define VECTOR_AT(k) reinterpret_cast<__m128i_u*>(reinterpret_cast<char*>(frame) + ip[k])
#define VECTOR(n, expression)                                                           \
  n: {                                                                                  \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1)), b = _mm_loadu_si128(VECTOR_AT(2)); \
    _mm_storeu_si128(VECTOR_AT(3), expression);                                         \
  }                                                                                     \
  NEXT(4);
#define VECTOR_SHIFT(o, expression)                               \
  o: {                                                            \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1));              \
    const __m128i n = _mm_cvtsi32_si128(static_cast<int>(ip[2])); \
    _mm_storeu_si128(VECTOR_AT(3), expression);                   \
  }                                                               \
  NEXT(4);
#define VECTOR_UNARY(n, expression)                  \
  n: {                                               \
    const __m128i a = _mm_loadu_si128(VECTOR_AT(1)); \
    _mm_storeu_si128(VECTOR_AT(2), expression);      \
  }                                                  \
  NEXT(3);
// NOLINTEND(bugprone-macro-parentheses)
