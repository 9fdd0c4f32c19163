// Takes blocks of growing size from the heap, fills them, and gives them back in another order.
#include "../module/module.h"

#include <kernel/heap.h>

uint32_t module_main(uint32_t n) {
  constexpr uint32_t kMost = 64;
  kernel::Heap heap(nullptr, 0);
  uint8_t* blocks[kMost];
  if (n > kMost) return 0;
  for (uint32_t i = 0; i < n; ++i) {
    blocks[i] = static_cast<uint8_t*>(heap.allocate(i + 1));
    if (!blocks[i]) return 0;
    for (uint32_t at = 0; at <= i; ++at) blocks[i][at] = static_cast<uint8_t>(i);
  }
  uint32_t intact = 0;
  for (uint32_t i = 0; i < n; ++i) {
    const uint32_t which = i % 2 == 0 ? i : (n % 2 == 0 ? n : n - 1) - i;
    intact += blocks[which][which] == which && heap.free(blocks[which]);
  }
  return intact;
}
