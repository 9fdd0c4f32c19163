// Addresses of labels: in tables, in variables, as differences from one another, compared, kept in
// memory, and jumped to; of two functions; in a loop whose body they are.
#include "corpus.h"

// A machine whose code is translated to addresses first.
enum { kPush, kAdd, kMultiply, kDecrement, kJumpIfPositive, kHalt, kCodes };

static int threaded(const int* code, int count) {
  static const void* const kTable[] = {&&push, &&add, &&multiply, &&decrement, &&jump, &&halt};
  const void* cells[32];
  int stack[16], top = 0, values[32];
  for (int i = 0; i < count; ++i) {
    cells[i] = code[2 * i] < kCodes ? kTable[code[2 * i]] : &&halt;
    values[i] = code[2 * i + 1];
  }
  int at = 0;
  goto* cells[at];
push:
  stack[top++] = values[at];
  goto* cells[++at];
add:
  --top;
  stack[top - 1] += stack[top];
  goto* cells[++at];
multiply:
  stack[0] *= values[at];
  mix((uint32_t)stack[0]);
  goto* cells[++at];
decrement:
  stack[top - 1] -= values[at];
  goto* cells[++at];
jump:
  at = stack[top - 1] > 0 ? values[at] : at + 1;
  goto* cells[at];
halt:
  return stack[0] + top;
}

// Differences take less room than addresses.
static int by_differences(unsigned steps, uint32_t seed) {
  static const int kFrom[] = {&&one - &&one, &&two - &&one, &&three - &&one, &&out - &&one};
  uint32_t sum = 0;
next:
  if (steps-- == 0) goto*(&&one + kFrom[3]);
  goto*(&&one + kFrom[next_random(&seed) % 3]);
one:
  sum = sum * 3 + 1;
  goto next;
two:
  sum = (sum << 5 | sum >> 27) ^ 0x55;
  goto next;
three:
  sum -= steps;
  goto next;
out:
  return (int)sum;
}

// One label several times in a list, one that is never gone to, and phis where they meet.
static int where_ways_meet(int which) {
  const void* const targets[] = {&&same, &&same, &&other, &&same};
  const void* volatile to = targets[which & 3];
  int value = which * 7;
  if (which > 5) value = -1;
  const int equal = to == &&same;
  goto* to;
other:
  value += 100;
same:
  return value * 2 + equal;
}

int guest_main(int argument) {
  const int code[] = {
      kPush, 5,    kPush, argument * 20, kDecrement, 1,     kMultiply, 3, kJumpIfPositive,
      2,     kAdd, 0,     kPush,         9,          kHalt, 0};
  mix((uint32_t)threaded(code, 8));
  for (unsigned i = 0; i < 40; ++i) mix((uint32_t)by_differences(i, i * 77u));
  for (int i = 0; i < 9; ++i) mix((uint32_t)where_ways_meet(opaque(i)));
  return finish();
}
