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
      return guard != 0 && trap.address - guard < 4096 ? Outcome::stack_overflow
                                                       : Outcome::wild_access;
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

// ---- the program's memory, twice

constexpr uint32_t kViewTables = 32;
kernel::PageView g_view;
bool g_is_second = false;
struct Writer {
  bool (*write)(void* writer, uint32_t address) = nullptr;
  void* writer = nullptr;
} g_writer;

kernel::PageAccess access_of(bool writable) { return {.writable = writable, .executable = false}; }

bool begin_views(void*, uint32_t low, uint32_t high, uint32_t end) {
  return g_view.begin(low, high - low) == kernel::PagingError::none &&
         g_paging.divide(low, end - low) == kernel::PagingError::none;
}

bool share(void*, uint32_t low, uint32_t end) {
  g_paging.allow_writes(low, end - low, false);
  return g_view.share(low, end - low, access_of(false)) == kernel::PagingError::none;
}

void open(void*, uint32_t low, uint32_t end) { g_paging.allow_writes(low, end - low, true); }

bool lead(void*, bool second, uint32_t address, uint8_t* bytes, bool writable) {
  const auto physical = reinterpret_cast<uint32_t>(bytes);
  if (!second) {
    g_paging.lead(address, physical, access_of(writable));
    return true;
  }
  if (g_view.lead(address, physical, access_of(writable)) != kernel::PagingError::none)
    return false;
  if (g_is_second) kernel::Paging::flush_all();
  return true;
}

void see(void*, bool second) {
  if (second == g_is_second) return;
  g_is_second = second;
  g_view.exchange();
  kernel::Paging::flush_all();
}

/// Registers that are not general ones are kept here: the writer may use them.
bool write(void*, uint32_t address) {
  alignas(16) static uint8_t registers[512];
  asm volatile("fxsave %0" : "=m"(registers));
  const bool done = g_writer.write(g_writer.writer, address);
  asm volatile("fxrstor %0" : : "m"(registers));
  return done;
}

void ask(void*, bool (*writer)(void*, uint32_t), void* context) {
  g_writer = {writer, context};
  kernel::use(writer != nullptr ? kernel::WriteHandler{write, nullptr} : kernel::WriteHandler{});
}

constexpr Views kViews = {begin_views, share, open, lead, see, ask, nullptr};

}  // namespace

bool protect(kernel::System& system, const Region& tables, Workplace& workplace,
             Protection& protection) {
  using kernel::PagingError;
  Workplace& w = workplace;
  constexpr uint32_t kOfView = kViewTables * 4096;
  if (g_paging.start(tables.bytes, tables.size - kOfView, system.boot.memory_bytes) !=
      PagingError::none) {
    system.console.text("paging cannot be turned on\n");
    return false;
  }
  const auto low = w.low & ~4095U;
  const kernel::Alias alias = g_paging.alias(w.machine_code.address, w.machine_code.size);
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
  g_view = g_paging.view(tables.bytes + (tables.size - kOfView), kOfView);
  protection = {run_code, guard_page, nullptr, &kViews};
  return true;
}

}  // namespace jit::app
