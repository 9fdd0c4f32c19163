// Functions as values: tables, arguments, results, fields, comparisons, null.
#include "corpus.h"

typedef int (*Operation)(int, int);

static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static int larger(int a, int b) { return a > b ? a : b; }
static int weave(int a, int b) { return (a & 0x5555) | (b & 0x2aaa); }

static const Operation kOperations[] = {add, subtract, larger, weave, 0};
struct Step {
  const char* name;
  Operation operation;
  int operand;
};
static const struct Step kSteps[] = {
    {"add", add, 7}, {"weave", weave, 0x1234}, {"max", larger, 99}};

static Operation pick(int which) { return which < 0 ? 0 : kOperations[which % 4]; }
static int fold(Operation operation, const int* values, int count, int start) {
  for (int i = 0; i < count; ++i) start = operation(start, values[i]);
  return start;
}

int guest_main(int argument) {
  int values[10];
  for (int i = 0; i < 10; ++i) values[i] = i * i * 3 % 17 + argument;
  for (const Operation* at = kOperations; *at; ++at) mix((uint32_t)fold(*at, values, 10, 5));
  int state = opaque(1);
  for (int i = 0; i < 30; ++i) {
    const struct Step* step = &kSteps[opaque(i) % 3];
    state = step->operation(state, step->operand) % 10007;
    mix((uint32_t)state + (uint8_t)step->name[0]);
    mix((uint32_t)(pick(i) == step->operation) + 2 * (uint32_t)(pick(-i) == 0));
    Operation chosen = i & 1 ? pick(i) : subtract;
    state = (*chosen)(state, i);
  }
  mix((uint32_t)state);
  return finish();
}
