// Linked into every module: its start and its end, and the library that calls the kernel.
#include <kernel/heap.h>

#include "module.h"

using monolithic::Gate;
using monolithic::SystemCall;

namespace {

Gate gate = Gate::int80;

}  // namespace

/// Entered by the kernel with a stack as after a call; there is nowhere to return to.
extern "C" [[noreturn]] void module_start(uint32_t input, Gate chosen) {
  gate = chosen;
  const uint32_t result = module_main(input);
  for (;;) module::call(SystemCall::exit, result);
}

namespace module {

uint32_t call(SystemCall number, uint32_t a, uint32_t b) {
  return gate == Gate::sysenter ? call_by_sysenter(number, a, b) : call_by_int80(number, a, b);
}

bool write(const char* text) {
  uint32_t size = 0;
  while (text[size] != 0) ++size;
  return call(SystemCall::write, reinterpret_cast<uint32_t>(text), size) == 0;
}

}  // namespace module

// The heap is the kernel's: nothing of it is on this side.
kernel::Heap::Heap(void* memory, size_t size) : memory_(static_cast<char*>(memory)), size_(size) {}

void* kernel::Heap::allocate(size_t size) {
  return reinterpret_cast<void*>(module::call(SystemCall::allocate, size));
}

bool kernel::Heap::free(void* block) {
  return module::call(SystemCall::free, reinterpret_cast<uint32_t>(block)) != 0;
}
