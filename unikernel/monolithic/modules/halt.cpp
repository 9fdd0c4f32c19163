// Stops the processor, which only the kernel may.
#include "../module/module.h"

uint32_t module_main(uint32_t) {
  asm volatile("hlt");
  return 0;
}
