// Structures that end in an array of any length, laid one after another in a buffer.
#include "corpus.h"

struct Message {
  uint16_t size;
  uint8_t kind;
  uint8_t data[];
};
static _Alignas(4) uint8_t g_buffer[600];

static struct Message* append(size_t* used, uint8_t kind, const void* data, uint16_t size) {
  struct Message* const message = (struct Message*)(void*)(g_buffer + *used);
  message->size = size;
  message->kind = kind;
  memcpy(message->data, data, size);
  *used += (sizeof *message + size + 3) & ~(size_t)3;
  return message;
}
static const struct Message* next(const struct Message* at) {
  return (const struct Message*)(const void*)((const uint8_t*)at +
                                              ((sizeof *at + at->size + 3) & ~(size_t)3));
}

int guest_main(int argument) {
  static const char* const kTexts[] = {"",    "a",    "bc",
                                       "def", "ghij", "a longer message than the others"};
  size_t used = 0;
  for (int i = 0; i < 24; ++i) {
    const char* text = kTexts[opaque(i) % 6];
    struct Message* const message =
        append(&used, (uint8_t)(i * argument), text, (uint16_t)strlen(text));
    if (message->size > 1) message->data[1] ^= 0x20;
  }
  const struct Message* const end = (const struct Message*)(const void*)(g_buffer + used);
  for (const struct Message* at = (const struct Message*)(const void*)g_buffer; at != end;
       at = next(at)) {
    mix(at->kind);
    mix_bytes(at->data, at->size);
  }
  mix((uint32_t)used);
  return finish();
}
