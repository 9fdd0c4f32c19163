// Says so.
#include "../module/module.h"

uint32_t module_main(uint32_t) { return module::write("hello from ring 3\n") ? 1 : 0; }
