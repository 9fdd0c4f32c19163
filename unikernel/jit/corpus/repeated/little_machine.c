// An interpreter of a machine with registers, whose program is a constant.
// Argument: 9000
#include "corpus.h"

enum { kHalt, kSet, kAdd, kSub, kMul, kXor, kShift, kAddImmediate, kJump, kJumpIfBelow, kMove };
typedef struct {
  uint8_t operation, to, from;
  int8_t immediate;
} Step;

// A walk of r1, r3 times; a hash of its way in r4. The second one ends at once.
static const Step kPrograms[2][13] = {{
    {kSet, 0, 0, 0},   // r0: turns
    {kSet, 4, 0, 17},  // r4: hash
    {kMove, 5, 4, 0},  // the loop: r5 = r4 << 3 ^ r1
    {kShift, 5, 0, 3},
    {kXor, 5, 1, 0},
    {kMul, 5, 2, 0},  // times r2
    {kAdd, 4, 5, 0},
    {kAddImmediate, 1, 0, 7},
    {kSub, 1, 0, 0},
    {kXor, 1, 4, 0},
    {kAddImmediate, 0, 0, 1},
    {kJumpIfBelow, 0, 3, 2},  // while r0 < r3
    {kHalt, 0, 0, 0},
}};

__attribute__((noinline)) static uint32_t run(const Step* program, uint32_t* r) {
  uint32_t at = 0;
  for (;;) {
    const Step step = program[at++];
    switch (step.operation) {
      case kHalt:
        return r[4];
      case kSet:
        r[step.to] = (uint32_t)step.immediate;
        break;
      case kAdd:
        r[step.to] += r[step.from];
        break;
      case kSub:
        r[step.to] -= r[step.from];
        break;
      case kMul:
        r[step.to] *= r[step.from];
        break;
      case kXor:
        r[step.to] ^= r[step.from];
        break;
      case kShift:
        r[step.to] <<= step.immediate;
        break;
      case kAddImmediate:
        r[step.to] += (uint32_t)step.immediate;
        break;
      case kJump:
        at = (uint32_t)step.immediate;
        break;
      case kJumpIfBelow:
        if (r[step.to] < r[step.from]) at = (uint32_t)step.immediate;
        break;
      case kMove:
        r[step.to] = r[step.from];
        break;
      default:
        return 0;
    }
  }
}

int guest_main(int argument) {
  uint32_t registers[8] = {0};
  for (int round = 0; round < argument; ++round) {
    registers[1] = (uint32_t)opaque(round);
    registers[2] = 2654435761u;
    registers[3] = 60;
    mix(run(kPrograms[opaque(0)], registers));
  }
  return finish();
}
