// Shifts of narrow integers: promoted, shifted and cut again.
#include "corpus.h"

int guest_main(int argument) {
  for (int seed = 0; seed < 256; seed += 17) {
    const uint8_t byte = (uint8_t)opaque(seed + argument);
    const int8_t signed_byte = (int8_t)byte;
    const uint16_t word = (uint16_t)(byte * 259u);
    const int16_t signed_word = (int16_t)word;
    for (int by = 0; by < 16; ++by) {
      const int amount = opaque(by);
      mix((uint8_t)(byte << amount));
      mix((uint8_t)(byte >> amount));
      mix((uint32_t)(int8_t)(signed_byte >> amount));
      mix((uint16_t)(word << amount));
      mix((uint16_t)(word >> amount));
      mix((uint32_t)(int16_t)(signed_word >> amount));
    }
    uint8_t turned = byte;
    turned = (uint8_t)(turned << 3 | turned >> 5);
    mix(turned);
  }
  return finish();
}
