// Packed structures: fields at odd offsets read, written and copied.
#include "corpus.h"

struct __attribute__((packed)) Record {
  uint8_t kind;
  uint32_t length;
  uint64_t offset;
  uint8_t flag;
  double weight;
  uint16_t tail;
  float scale;
};

static struct Record g_records[5];

int guest_main(int argument) {
  mix(sizeof(struct Record));
  for (int i = 0; i < 5; ++i) {
    struct Record* record = &g_records[i];
    record->kind = (uint8_t)(i * 3 + argument);
    record->length = 0x01020304u * (uint32_t)(i + 1);
    record->offset = 0x1122334455667788u ^ (uint64_t)opaque(i) << 40;
    record->flag = (uint8_t)~i;
    record->weight = i * 0.75 - 1;
    record->tail = (uint16_t)(i * 0x1111);
    record->scale = (float)i / 3;
  }
  struct Record copy = g_records[opaque(3)];
  copy.length += 5;
  copy.offset -= 0x100000000u;
  copy.weight *= 2;
  g_records[1] = copy;
  for (int i = 0; i < 5; ++i) {
    const struct Record* record = &g_records[i];
    mix(record->kind + record->length);
    mix64(record->offset);
    mix_double(record->weight);
    mix(record->tail + record->flag);
    mix_float(record->scale);
  }
  mix_bytes(g_records, sizeof g_records);
  return finish();
}
