// Would end the machine through the debug-exit port: a protection fault must end it first.
#include "../module/module.h"

uint32_t module_main(uint32_t port) {
  asm volatile("outb %b0, %w1" : : "a"(0), "d"(port));
  return 0;
}
