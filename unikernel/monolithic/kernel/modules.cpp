#include "modules.h"

#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/heap.h>

// Each module as the linker made it, between two symbols.
#define MODULE(name, input, fate, expected)                                \
  extern "C" const uint8_t module_##name##_begin[], module_##name##_end[]; \
  asm(".section .rodata.module_" #name                                     \
      ",\"a\",@progbits\n"                                                 \
      ".balign 4\n"                                                        \
      "module_" #name                                                      \
      "_begin:\n"                                                          \
      ".incbin \"" MODULE_FOLDER "/" #name                                 \
      ".module\"\n"                                                        \
      "module_" #name                                                      \
      "_end:\n"                                                            \
      ".previous\n");
#include "../modules.def"
#undef MODULE

namespace monolithic {
namespace {

#define MODULE(name, input, fate, expected) \
  {#name, input, Fate::fate, expected, module_##name##_begin, module_##name##_end},
constexpr Module kModules[kModuleCount] = {
#include "../modules.def"
};
#undef MODULE

kernel::Console* module_console = nullptr;

uint32_t slot_of(const Module& module) {
  return kSlots + static_cast<uint32_t>(&module - kModules) * kSlotBytes;
}

ModuleHead load(const Module& module) {
  const uint32_t slot = slot_of(module);
  const auto size = static_cast<uint32_t>(module.end - module.begin);
  ModuleHead head = {};
  if (size >= sizeof head) __builtin_memcpy(&head, module.begin, sizeof head);
  const uint32_t zeroed_at = head.zeroed - slot;
  const bool sound = head.magic == ModuleHead::kMagic && head.image_bytes == size &&
                     zeroed_at >= size && zeroed_at <= kSlotBytes &&
                     head.zeroed_bytes <= kSlotBytes - zeroed_at && head.entry - slot < size;
  if (!sound) kernel::panic("a module is damaged");
  __builtin_memcpy(reinterpret_cast<uint8_t*>(slot), module.begin, size);
  __builtin_memset(reinterpret_cast<uint8_t*>(head.zeroed), 0, head.zeroed_bytes);
  return head;
}

kernel::Heap make_user_heap() {
  return kernel::Heap(reinterpret_cast<void*>(kUserHeap), kUserHeapBytes);
}

}  // namespace

kernel::Heap& user_heap() {
  static kernel::Heap heap = make_user_heap();
  return heap;
}

Loaded load_modules(kernel::Console& console, uint64_t memory_bytes) {
  constexpr uint32_t kNeeded = kUserEnd - 0x100000;
  if (memory_bytes != 0 && memory_bytes < kNeeded) kernel::panic("needs 8 MB of memory");
  module_console = &console;
  enter_protected_mode();
  Loaded loaded;
  for (const Module& module : kModules) {
    const ModuleHead head = load(module);
    loaded.image_bytes += head.image_bytes;
    loaded.memory_bytes += head.image_bytes + head.zeroed_bytes;
  }
  return loaded;
}

Outcome run(const Module& module, uint32_t input, Gate gate) {
  const auto* head = reinterpret_cast<const ModuleHead*>(module.begin);
  const Outcome outcome = run_in_ring_3(head->entry, input, gate);
  if (user_heap().used() != 0) user_heap() = make_user_heap();
  return outcome;
}

const Module& module_of(ModuleId id) { return kModules[static_cast<uint32_t>(id)]; }

// ---- system calls -----------------------------------------------------------------------------

extern "C" [[noreturn]] void leave_module(uint32_t result);

/// From the gates (gates.asm), with whatever a module put into its registers.
extern "C" uint32_t system_call(uint32_t number, uint32_t a, uint32_t b) {
  switch (static_cast<SystemCall>(number)) {
    case SystemCall::exit:
      leave_module(a);
    case SystemCall::write:
      if (!is_user_memory(a, b)) return kRefused;
      module_console->text(reinterpret_cast<const char*>(a), b);
      return 0;
    case SystemCall::allocate:
      return reinterpret_cast<uint32_t>(user_heap().allocate(a));
    case SystemCall::free:
      return user_heap().free(reinterpret_cast<void*>(a)) ? 1 : 0;
    case SystemCall::nothing:
      return 0;
  }
  return kRefused;
}

}  // namespace monolithic
