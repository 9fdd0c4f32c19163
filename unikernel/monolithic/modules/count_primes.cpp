#include "../../demo/workloads.h"
#include "../module/module.h"

uint32_t module_main(uint32_t n) {
  kernel::Heap heap(nullptr, 0);  // the kernel's: each use of it is a system call
  return count_primes(heap, n);
}
