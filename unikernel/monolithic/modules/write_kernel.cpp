// Writes to where the kernel lies: a page fault must end it.
#include "../module/module.h"

uint32_t module_main(uint32_t address) {
  *reinterpret_cast<volatile uint32_t*>(address) = 0;
  return 0;
}
