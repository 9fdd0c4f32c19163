// Misbehaves: starts and never says a byte. It takes the place of kernel_start, which would have
// written [BEGIN]: the linker needs no other where the app brings one.
extern "C" [[noreturn]] void kernel_start() {
  for (;;) asm volatile("");
}
