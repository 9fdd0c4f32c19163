// What a program of the corpus stands on: the interface of guests in bitcode, and a checksum that
// makes every intermediate result count. No program includes anything else but the compiler's own
// headers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#define CORPUS_NORETURN [[noreturn]]
#else
#define CORPUS_NORETURN _Noreturn
#endif

int guest_main(int argument);
CORPUS_NORETURN void guest_exit(int status);
void guest_write(const char* bytes, int size);

void* memcpy(void* to, const void* from, size_t size);
void* memmove(void* to, const void* from, size_t size);
void* memset(void* to, int byte, size_t size);
int memcmp(const void* a, const void* b, size_t size);
size_t strlen(const char* text);

#ifdef __cplusplus
}
#endif

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

// ---- the checksum

static uint32_t checksum_state = 2166136261u;

static inline void mix(uint32_t value) {
  checksum_state = (checksum_state ^ value) * 16777619u;
  checksum_state ^= checksum_state >> 15;
}

static inline void mix64(uint64_t value) {
  mix((uint32_t)value);
  mix((uint32_t)(value >> 32));
}

// IEEE 754 leaves sign and payload of a computed NaN open, so all NaNs count as the same one.
static inline void mix_float(float value) {
  uint32_t bits = 0x7fc00000u;
  if (value == value) __builtin_memcpy(&bits, &value, sizeof bits);
  mix(bits);
}

static inline void mix_double(double value) {
  uint64_t bits = 0x7ff8000000000000u;
  if (value == value) __builtin_memcpy(&bits, &value, sizeof bits);
  mix64(bits);
}

static inline void mix_bytes(const void* bytes, size_t size) {
  const unsigned char* at = (const unsigned char*)bytes;
  for (size_t i = 0; i < size; ++i) mix(at[i]);
}

// ---- values that the compiler cannot know

static inline int opaque(int value) {
  volatile int hidden = value;
  return hidden;
}

static inline int64_t opaque64(int64_t value) {
  volatile int64_t hidden = value;
  return hidden;
}

static inline float opaque_float(float value) {
  volatile float hidden = value;
  return hidden;
}

static inline double opaque_double(double value) {
  volatile double hidden = value;
  return hidden;
}

// A linear congruential generator, for test data.
static inline uint32_t next_random(uint32_t* state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 8;
}

// ---- text

static inline void print(const char* text) { guest_write(text, (int)strlen(text)); }

static inline void print_unsigned(uint32_t value) {
  char digits[10];
  int at = 10;
  do {
    digits[--at] = (char)('0' + value % 10);
    value /= 10;
  } while (value != 0);
  guest_write(digits + at, 10 - at);
}

static inline void print_hex(uint32_t value) {
  char digits[8];
  for (int i = 0; i < 8; ++i) digits[i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
  guest_write(digits, 8);
}

// Prints the checksum and makes a status of it.
static inline int finish(void) {
  print("checksum ");
  print_hex(checksum_state);
  print("\n");
  return (int)(checksum_state & 255);
}
