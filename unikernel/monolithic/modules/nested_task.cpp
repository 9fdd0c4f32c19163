// Takes a system call with the nested task flag set. The next module would not start, if the kernel
// took the flag over from here: its iret would look for another task.
#include "../module/module.h"

uint32_t module_main(uint32_t) {
  asm volatile(
      "pushf\n"
      "orl $0x4000, (%%esp)\n"
      "popf"
      :
      :
      : "cc", "memory");
  module::call_by_sysenter(monolithic::SystemCall::nothing);
  return 1;
}
