// Promotions and conversions where C surprises: signedness of chars, mixed compares, narrowing.
#include "corpus.h"

int guest_main(int argument) {
  const signed char sc = (signed char)opaque(-1);
  const unsigned char uc = (unsigned char)opaque(255);
  const char plain = (char)opaque(200);
  const short ss = (short)opaque(40000);
  const unsigned short us = (unsigned short)opaque(65535);
  const int si = opaque(-1);
  const unsigned ui = (unsigned)opaque(argument);
  const int64_t sl = opaque64(-1);
  const uint64_t ul = (uint64_t)opaque64(1);
  mix((uint32_t)((sc == uc) | (sc < uc) << 1 | (plain < 0) << 2 | ((unsigned)si > ui) << 3));
  mix((uint32_t)(((uint64_t)sl > ul) | (sl < (int64_t)ui) << 1 |
                 ((uint64_t)si == (uint64_t)sl) << 2));
  mix((uint32_t)(us * 2 + ss));
  mix((uint32_t)(uc << 22 >> 22) + (uint32_t)(uc + 1));
  mix64((uint64_t)(si * 1ll) ^ (uint64_t)(ui * 1ull));
  mix64((uint64_t)(int64_t)(int)(unsigned)sl);
  mix((uint32_t)(~uc) ^ (uint32_t)(-us) ^ (uint32_t)!us);
  mix((uint32_t)(uint8_t)(sc * 200));
  mix((uint32_t)(sizeof(uc + uc) * 10 + sizeof(ul + si)));
  mix((uint32_t)(si >> 31) + ui);
  mix(ui - 2u > ui ? 1 : 0);
  unsigned char counter = uc;
  ++counter;
  mix(counter);
  counter -= 3;
  mix(counter);
  short narrowed = ss;
  narrowed = (short)(narrowed * 3);
  mix((uint32_t)narrowed);
  mix_double((double)(us - 65536) * ui);
  mix((uint32_t)(si ? sl : (int64_t)ui));
  mix64(si ? (uint64_t)si : ul);
  mix('\xff' == (char)255 ? 3 : 4);
  return finish();
}
