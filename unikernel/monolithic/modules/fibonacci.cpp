#include "../../demo/workloads.h"
#include "../module/module.h"

uint32_t module_main(uint32_t n) { return fibonacci(n); }
