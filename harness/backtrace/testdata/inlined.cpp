// A program whose only function consists of another that is inlined.
static inline __attribute__((always_inline)) void halt_here() { asm volatile("0: hlt\n jmp 0b"); }

extern "C" [[noreturn]] void _start() {
  halt_here();
  __builtin_unreachable();
}
