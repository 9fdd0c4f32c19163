// memcpy, memmove and memset of sizes that vary, overlapping both ways, through builtins and calls.
#include "corpus.h"

static uint8_t g_memory[256];

int guest_main(int argument) {
  for (int i = 0; i < 256; ++i) g_memory[i] = (uint8_t)(i * argument ^ i >> 3);
  for (int size = 0; size < 70; size += 7) {
    const size_t length = (size_t)opaque(size);
    __builtin_memmove(g_memory + 3, g_memory, length);
    mix_bytes(g_memory, 80);
    __builtin_memmove(g_memory, g_memory + 5, length);
    mix_bytes(g_memory, 80);
    __builtin_memcpy(g_memory + 100, g_memory + 1, length);
    __builtin_memset(g_memory + 200, size, length / 2);
    mix_bytes(g_memory + 90, 166);
    memmove(g_memory + 101, g_memory + 100, length);
    memset(g_memory + 100 + size, opaque(0x1ff), 3);
    memcpy(g_memory + 180, g_memory + 10, 16);
    mix((uint32_t)(memcmp(g_memory, g_memory + 100, length) > 0));
    mix((uint32_t)(__builtin_memcmp(g_memory + 1, g_memory + 100, length + 1) < 0));
  }
  mix_bytes(g_memory, sizeof g_memory);
  return finish();
}
