// Misbehaves: its stack runs into the guard page below, outside of a guarded run.
#include <kernel/emit.h>
#include <kernel/paging.h>
#include <kernel/recovery.h>
#include <kernel/system.h>

alignas(kernel::PageMap::kPage) static uint8_t tables[kernel::Paging::kMinimumBytes];

static void recurse(volatile uint32_t* depth) {
  volatile uint32_t here = *depth + 1;
  if (here != 0) recurse(&here);
  *depth = here;
}

static wire::Status run(kernel::System& system) {
  static kernel::Paging paging;
  if (paging.start(tables, sizeof tables, system.boot.memory_bytes) != kernel::PagingError::none) {
    return wire::Status::fail;
  }
  kernel::install_recovery();
  system.emit.test("before", wire::Status::pass, 1, 1);
  volatile uint32_t depth = 0;
  recurse(&depth);
  system.emit.test("after", wire::Status::pass, 1, depth);
  return wire::Status::pass;
}

extern "C" const kernel::App kernel_app = {"stack_overflow", 2, 0, &run};
