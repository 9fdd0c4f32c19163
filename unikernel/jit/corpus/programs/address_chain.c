// Addresses of three steps: an index, an offset, another index, each of which x86 could take alone.
#include "corpus.h"

struct Row {
  int head;
  int cells[4];
};

static struct Row g_rows[8];
static int g_words[64];

__attribute__((noinline)) static int pick(const int* words, unsigned a, unsigned b) {
  const int* row = words + a;
  const int* cell = row + 1;
  return cell[b];
}
__attribute__((noinline)) static int pick_bytes(const char* bytes, unsigned a, unsigned b) {
  const char* at = bytes + a * 4 + 4;
  int sum = 0;
  for (unsigned i = 0; i < 3; ++i) sum += *(const int*)(at + (b + i) * 4);
  return sum;
}
__attribute__((noinline)) static int pick_row(struct Row* rows, unsigned a, unsigned b) {
  struct Row* row = &rows[a];
  row->head += (int)b;
  row->cells[b] += row->head;
  return row->cells[b] + row->cells[(b + 1) & 3];
}

int guest_main(int argument) {
  for (int i = 0; i < 64; ++i) g_words[i] = i * i + argument;
  for (int i = 0; i < 8; ++i) {
    g_rows[i].head = i;
    for (int k = 0; k < 4; ++k) g_rows[i].cells[k] = 10 * i + k;
  }
  for (unsigned a = 0; a < 12; ++a) {
    for (unsigned b = 0; b < 6; ++b) {
      mix((unsigned)pick(g_words, a, b));
      mix((unsigned)pick_bytes((const char*)g_words, a, b));
      mix((unsigned)pick_row(g_rows, a & 7, b & 3));
    }
  }
  return finish();
}
