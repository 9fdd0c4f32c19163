#include "app/protection.h"

#include "kernel/console.h"
#include "kernel/paging.h"
#include "kernel/recovery.h"
#include "kernel/system.h"

namespace jit::app {
namespace {

kernel::Paging g_paging;

Outcome outcome_of(const kernel::Trap& trap, uint32_t guard) {
  switch (trap.vector) {
    case 0:   // divide error
    case 16:  // FPU error
    case 19:  // SIMD error
      return Outcome::division;
    case 6:  // invalid opcode: what T1 puts where nobody should come
      return Outcome::unreachable;
    case 8:  // double fault: no stack for an exception
      return Outcome::stack_overflow;
    case 14:
      return trap.address - guard < 4096 ? Outcome::stack_overflow : Outcome::wild_access;
    case 12:
    case 13:
      return Outcome::wild_access;
    default:
      return Outcome::trapped;
  }
}

uint32_t g_guard = 0;  // the page that is not there

bool run_code(void*, void (*code)(void*), void* argument, Outcome& outcome) {
  kernel::Trap trap;
  if (kernel::run_guarded(code, argument, 0, trap)) return true;
  outcome = outcome_of(trap, g_guard);
  return false;
}

void guard_page(void*, uint32_t address, bool on) {
  g_guard = on ? address : 0;
  // Tables for it are there: the page's neighbours are the program's, too.
  (void)(on ? g_paging.unmap(address, 4096)
            : g_paging.protect(address, 4096, {.writable = true, .executable = false}));
}

}  // namespace

bool protect(kernel::System& system, const Region& tables, Workplace& workplace,
             Protection& protection) {
  using kernel::PagingError;
  Workplace& w = workplace;
  if (g_paging.start(tables.bytes, tables.size, system.boot.memory_bytes) != PagingError::none) {
    system.console.text("paging cannot be turned on\n");
    return false;
  }
  const kernel::Alias alias = g_paging.alias(w.machine_code.address, w.machine_code.size);
  const auto low = w.low & ~4095U;
  if (alias.error != PagingError::none ||
      g_paging.protect(w.machine_code.address, w.machine_code.size,
                       {.writable = false, .executable = true}) != PagingError::none ||
      g_paging.protect(low, ((w.high + 4095) & ~4095U) - low,
                       {.writable = true, .executable = false}) != PagingError::none) {
    system.console.text("there are too few page tables\n");
    return false;
  }
  w.machine_code.bytes = reinterpret_cast<uint8_t*>(static_cast<uintptr_t>(alias.address));
  if (!g_paging.has_no_execute()) {
    system.console.text("the processor cannot forbid execution: data stays executable\n");
  }
  kernel::install_recovery();
  protection = {run_code, guard_page, nullptr};
  return true;
}

}  // namespace jit::app
