// A small stack machine that runs programs in an array: loops, calls, arithmetic, memory.
#include "corpus.h"

enum Code {
  kPush,
  kAdd,
  kSub,
  kMul,
  kDup,
  kSwap,
  kLoad,
  kStore,
  kJumpIf,
  kCall,
  kReturn,
  kPrint,
  kHalt
};

static const int kFactorials[] = {
    kPush, 1,      kPush, 1,       kStore, 0,       kLoad, 0,
    kPush, 13,     kSub,  kJumpIf, 15,     kHalt,   0,     /* 15: */ kLoad,
    0,     kMul,   kDup,  kPrint,  kLoad,  0,       kPush, 1,
    kAdd,  kStore, 0,     kPush,   1,      kJumpIf, 6};

static uint32_t run(const int* code, int limit) {
  int64_t stack[16], memory[4] = {0};
  int calls[8], top = 0, depth = 0, at = 0;
  uint32_t steps = 0;
  while (limit-- > 0) {
    ++steps;
    switch ((enum Code)code[at++]) {
      case kPush:
        stack[top++] = code[at++];
        break;
      case kAdd:
        --top;
        stack[top - 1] += stack[top];
        break;
      case kSub:
        --top;
        stack[top - 1] -= stack[top];
        break;
      case kMul:
        --top;
        stack[top - 1] *= stack[top];
        break;
      case kDup:
        stack[top] = stack[top - 1];
        ++top;
        break;
      case kSwap: {
        const int64_t kept = stack[top - 1];
        stack[top - 1] = stack[top - 2];
        stack[top - 2] = kept;
        break;
      }
      case kLoad:
        stack[top++] = memory[code[at++]];
        break;
      case kStore:
        memory[code[at++]] = stack[--top];
        break;
      case kJumpIf:
        at = stack[--top] ? code[at] : at + 1;
        break;
      case kCall:
        calls[depth++] = at + 1;
        at = code[at];
        break;
      case kReturn:
        at = calls[--depth];
        break;
      case kPrint:
        mix64((uint64_t)stack[--top]);
        break;
      case kHalt:
        return steps;
    }
  }
  return 0;
}

int guest_main(int argument) {
  static int code[40];
  __builtin_memcpy(code, kFactorials, sizeof kFactorials);
  print_unsigned(run(code, opaque(1000)));
  print(" steps\n");
  // A square by a subroutine.
  const int squares[] = {kPush, argument + 6, kCall, 6,     kPrint, kHalt,  kDup,
                         kMul,  kPush,        9,     kSwap, kSub,   kReturn};
  mix(run(squares, opaque(100)));
  mix(run(code, opaque(20)));
  return finish();
}
