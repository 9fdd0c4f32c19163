// Constants with addresses in them: strings, inner elements, functions, fields, one past the end.
#include "corpus.h"

static int g_array[8] = {10, 20, 30, 40, 50, 60, 70, 80};
static struct Node {
  const char* name;
  int* value;
  struct Node* next;
  int padding[2];
} g_nodes[3] = {
    {"first", &g_array[3], &g_nodes[1], {1, 2}},
    {"second", g_array, &g_nodes[2], {3, 4}},
    {&"third"[2], &g_array[7], 0, {5, 6}},
};
static int* const kEnds[] = {&g_array[0], &g_array[8], &g_array[4] - 1,
                             (int*)(void*)((char*)g_array + 8)};
static const int* const* const kTable = (const int* const*)kEnds;
static int* g_field = &g_nodes[1].padding[1];
static const char kText[] = "shared";
static const char* g_texts[] = {kText, &kText[3], kText + sizeof kText - 1};
static void (*g_exit)(int) = guest_exit;
static const ptrdiff_t kDistance = &g_array[6] - &g_array[2];

int guest_main(int argument) {
  for (struct Node* node = g_nodes; node; node = node->next) {
    mix((uint32_t)strlen(node->name));
    mix((uint32_t)*node->value);
    *node->value += argument + node->padding[1];
  }
  mix((uint32_t)(kTable[1] - kTable[0]));
  mix((uint32_t)*kTable[2] + (uint32_t)*kTable[3]);
  mix((uint32_t)*g_field + (uint32_t)kDistance);
  for (size_t i = 0; i < COUNT(g_texts); ++i) {
    print(g_texts[i]);
    print("\n");
  }
  for (int i = 0; i < 8; ++i) mix((uint32_t)g_array[i]);
  if (opaque(0)) g_exit(3);
  return finish();
}
