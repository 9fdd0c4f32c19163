// Volatile objects of every type, in structures and arrays, and through pointers.
#include "corpus.h"

struct Device {
  volatile uint32_t status;
  volatile uint8_t data[4];
  volatile uint16_t count;
  uint32_t shadow;
};

static volatile int8_t g_byte;
static volatile int16_t g_word;
static volatile int64_t g_wide = -7;
static volatile float g_float = 0.5f;
static volatile double g_double = 0.25;
static struct Device g_device;
static volatile uint32_t* volatile g_pointer = &g_device.status;

int guest_main(int argument) {
  for (int i = 0; i < 30; ++i) {
    g_byte = (int8_t)(g_byte + 11);
    g_word = (int16_t)(g_word * 3 + g_byte);
    g_wide = (int64_t)((uint64_t)g_wide * 5 + (uint64_t)(int64_t)g_word);
    g_float = g_float * 1.5f - 0.125f;
    g_double = g_double + g_float / 3;
    *g_pointer += (uint32_t)(i + argument);
    g_device.data[i & 3] = (uint8_t)(g_device.status >> (i & 3));
    g_device.count++;
    g_device.shadow ^= g_device.data[(i + 1) & 3];
    mix((uint32_t)g_byte);
    mix((uint32_t)g_word);
    mix64((uint64_t)g_wide);
    mix_float(g_float);
    mix_double(g_double);
    mix(g_device.status + g_device.count + g_device.shadow);
  }
  volatile const char* text = "volatile text";
  while (*text) mix((uint32_t)*text++);
  return finish();
}
