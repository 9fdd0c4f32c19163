// Unions as arguments, results and views of each other's bytes.
#include "corpus.h"

union Word {
  uint32_t whole;
  uint16_t halves[2];
  uint8_t bytes[4];
  struct {
    uint32_t low : 12;
    uint32_t high : 20;
  } fields;
};
union Any {
  int64_t integer;
  double real;
  const char* text;
  struct {
    float x, y, z;
  } point;
};

static union Word rotate(union Word word) {
  const union Word result = {.bytes = {word.bytes[3], word.bytes[0], word.bytes[1], word.bytes[2]}};
  return result;
}
static union Any make(int kind) {
  union Any any = {0};
  switch (kind % 4) {
    case 0:
      any.integer = kind * 0x100000001ll;
      break;
    case 1:
      any.real = kind / 8.0;
      break;
    case 2:
      any.text = &"text"[kind % 3];
      break;
    default:
      any.point.x = (float)kind, any.point.z = -1.0f;
      break;
  }
  return any;
}

int guest_main(int argument) {
  union Word word = {.whole = (uint32_t)opaque(0x12345678)};
  for (int i = 0; i < 30; ++i) {
    word = rotate(word);
    word.fields.low += (uint32_t)(i + argument);
    word.halves[1] ^= (uint16_t)i;
    mix(word.whole);
    mix(word.fields.high);
    const union Any any = make(opaque(i));
    if (i % 4 == 0) mix64((uint64_t)any.integer);
    if (i % 4 == 1) mix_double(any.real);
    if (i % 4 == 2) mix((uint32_t)any.text[0] + (uint32_t)strlen(any.text));
    if (i % 4 == 3) mix_float(any.point.x + any.point.z);
  }
  return finish();
}
