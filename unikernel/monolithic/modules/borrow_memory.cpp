// Asks for text of the kernel to be written out: refused.
#include "../module/module.h"

uint32_t module_main(uint32_t address) {
  return module::call(monolithic::SystemCall::write, address, 16);
}
