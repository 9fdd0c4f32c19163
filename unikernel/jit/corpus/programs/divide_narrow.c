// Division and remainder of 8 and 16 bits; -128 / -1 is 128 before it is cut.
#include "corpus.h"

int guest_main(int argument) {
  for (int i = -128; i < 128; i += 5) {
    for (int j = -128; j < 128; j += 9) {
      const int8_t a = (int8_t)opaque(i);
      const int8_t b = (int8_t)opaque(j);
      if (b == 0) continue;
      mix((uint8_t)(a / b));
      mix((uint8_t)(a % b));
      mix((uint8_t)((uint8_t)a / (uint8_t)b));
      mix((uint8_t)((uint8_t)a % (uint8_t)b));
      const int16_t wide = (int16_t)(a * 251 + argument);
      mix((uint16_t)(wide / b));
      mix((uint16_t)(wide % b));
      mix((uint16_t)((uint16_t)wide / (uint8_t)b));
    }
  }
  const int8_t least = (int8_t)opaque(-128);
  mix((uint32_t)(least / opaque(-1)));
  return finish();
}
