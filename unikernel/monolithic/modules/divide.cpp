// Divides by its input.
#include "../module/module.h"

uint32_t module_main(uint32_t by) {
  uint32_t quotient = 1000, rest = 0;
  asm volatile("divl %2" : "+a"(quotient), "+d"(rest) : "r"(by));
  return quotient;
}
