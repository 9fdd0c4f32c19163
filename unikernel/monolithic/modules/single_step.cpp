// Takes a system call with the trap flag set. The step into the kernel is its own fault.
#include "../module/module.h"

uint32_t module_main(uint32_t) {
  asm volatile(
      "pushf\n"
      "orl $0x100, (%%esp)\n"
      "mov %%esp, %%ecx\n"
      "mov $1f, %%edx\n"
      "popf\n"
      "sysenter\n"
      "1:"
      :
      : "a"(monolithic::SystemCall::nothing)
      : "ecx", "edx", "memory", "cc");
  return 0;
}
