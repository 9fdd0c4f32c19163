// UTF-8 decoded and encoded, with every kind of damage rejected.
#include "corpus.h"

static int32_t decode(const uint8_t** at, const uint8_t* end) {
  const uint8_t first = *(*at)++;
  if (first < 0x80) return first;
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return -1;
  int32_t code = first & (0x3f >> more);
  for (int i = 0; i < more; ++i) {
    if (*at == end || (**at & 0xc0) != 0x80) return -2;
    code = code << 6 | (*(*at)++ & 0x3f);
  }
  static const int32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
  if (code < kLeast[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return -3;
  return code;
}
static int encode(int32_t code, uint8_t to[4]) {
  if (code < 0x80) return to[0] = (uint8_t)code, 1;
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static const uint8_t kMarks[] = {0, 0xc0, 0xe0, 0xf0};
  for (int i = more; i > 0; --i, code >>= 6) to[i] = (uint8_t)(0x80 | (code & 0x3f));
  to[0] = (uint8_t)(kMarks[more] | code);
  return more + 1;
}

int guest_main(int argument) {
  static const char kText[] =
      "na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80 \xc0\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x28 "
      "\xff end\xe2\x82";
  const uint8_t* at = (const uint8_t*)kText;
  const uint8_t* const end = at + sizeof kText - 1;
  while (at < end) mix((uint32_t)decode(&at, end));
  for (int32_t code = argument; code <= 0x10ffff; code += code / 3 + 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    uint8_t bytes[4];
    const int size = encode(opaque(code), bytes);
    const uint8_t* back = bytes;
    if (decode(&back, bytes + size) != code || back != bytes + size) guest_exit(1);
    mix_bytes(bytes, (size_t)size);
  }
  return finish();
}
