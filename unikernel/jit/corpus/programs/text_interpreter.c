// A tiny language with eight commands, run over a tape, with jumps found beforehand.
#include "corpus.h"

static const char kHello[] =
    "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.-----"
    "---.>>+.>++.";
static const char kSquares[] =
    "++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<[[<++++++"
    "++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>[-[<->-]+[<<<]]<[>+<-]>]<<-]<"
    "<-]";

static uint32_t run(const char* code, uint32_t limit) {
  static uint8_t tape[128];
  static int16_t jumps[256];
  int16_t open[16];
  int depth = 0, at = 0;
  memset(tape, 0, sizeof tape);
  for (int16_t i = 0; code[i]; ++i) {
    if (code[i] == '[') open[depth++] = i;
    if (code[i] != ']') continue;
    jumps[i] = open[--depth];
    jumps[open[depth]] = i;
  }
  uint32_t steps = 0;
  for (int i = 0; code[i] && steps < limit; ++i, ++steps) {
    switch (code[i]) {
      case '>':
        at = (at + 1) & 127;
        break;
      case '<':
        at = (at - 1) & 127;
        break;
      case '+':
        ++tape[at];
        break;
      case '-':
        --tape[at];
        break;
      case '.':
        guest_write((const char*)&tape[at], 1);
        break;
      case '[':
        if (!tape[at]) i = jumps[i];
        break;
      case ']':
        if (tape[at]) i = jumps[i];
        break;
      default:
        break;
    }
  }
  mix_bytes(tape, sizeof tape);
  return steps;
}

int guest_main(int argument) {
  mix(run(kHello, (uint32_t)opaque(20000)));
  mix(run(kSquares, (uint32_t)opaque(30000 * argument)));
  print("\n");
  return finish();
}
