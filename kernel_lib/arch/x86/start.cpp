// From the three entries (entry.asm) to the app and out again.
#include "drivers/serial_and_screen.h"
#include "entry_record.h"
#include "exit.h"
#include "kernel/cpu.h"
#include "kernel/emit.h"
#include "kernel/heap.h"
#include "kernel/profile.h"
#include "kernel/system.h"
#include "layout.h"
#include "loader_info.h"
#include "memory_map.h"
#include "traps.h"

namespace kernel {
namespace {

using x86::EntryRecord;

constexpr size_t kHeapBytes = 256 * 1024;

// A function need not write to all of its frame, so the last words may keep their paint although
// the stack went past them.
constexpr uint32_t kStackReserve = 1024;

// Not .bss: the start code need not clear it.
alignas(Heap::kAlign) [[gnu::section(".bss.heap")]] char heap_block[kHeapBytes];

/// Usable RAM above 1 MB as the loader says it, 0 where it does not.
uint64_t memory_bytes(const EntryRecord& entry) {
  switch (static_cast<wire::BootPath>(entry.path)) {
    case wire::BootPath::disk: {
      if (entry.magic != wire::kImageSignature) return 0;
      const x86::MapBytes map = x86::e820_map(entry.info);
      return x86::usable_from_e820(map.bytes, map.size);
    }
    case wire::BootPath::multiboot: {
      if (entry.magic != x86::kMultibootMagic) return 0;
      const x86::MapBytes map = x86::multiboot_map(entry.info);
      if (map.bytes != nullptr) return x86::usable_from_multiboot(map.bytes, map.size);
      const auto& info = x86::at_address<x86::MultibootInfo>(entry.info);
      const bool has_sizes = info.flags & x86::MultibootInfo::kHasSizes;
      return has_sizes ? uint64_t{info.upper_kilobytes} * 1024 : 0;
    }
    case wire::BootPath::pvh: {
      const x86::MapBytes map = x86::pvh_map(entry.info);
      return x86::usable_from_pvh(map.bytes, map.size);
    }
  }
  return 0;
}

uint32_t stack_used() {
  const auto* word = reinterpret_cast<const volatile uint32_t*>(x86::kStackBottom);
  uint32_t unused = 0;
  while (unused < x86::kStackTop - x86::kStackBottom && *word == x86::kStackPaint) {
    ++word;
    unused += sizeof(uint32_t);
  }
  return x86::kStackTop - x86::kStackBottom - unused;
}

/// When our boot sector began. It left the low half of the counter at the bottom of its stack.
uint64_t loader_start(const EntryRecord& entry) {
  constexpr uint32_t kBootSectorStamp = 0x7BFC;
  if (static_cast<wire::BootPath>(entry.path) != wire::BootPath::disk) return 0;
  return entry.tsc - (static_cast<uint32_t>(entry.tsc) - x86::word_at(kBootSectorStamp));
}

/// What ran before the kernel, as the last line.
void emit_boot(SerialAndScreen& output, const BootInfo& boot) {
  SerialOnly serial(output);
  CountingSink counted(serial);
  const uint64_t loader = boot.loader_tsc;
  Emitter(counted).boot(loader ? loader : boot.entry_tsc, loader ? boot.entry_tsc - loader : 0);
}

void emit_phases(Emitter& emit, const BootInfo& boot, uint64_t app_start, uint64_t app_end) {
  emit.phase(wire::phase::init, app_start - boot.entry_tsc);
  const uint64_t first_test = emit.first_test();
  if (first_test) emit.phase(wire::phase::first_test, first_test - app_start);
  emit.phase(wire::phase::rest, app_end - (first_test ? first_test : app_start));
}

}  // namespace

// The locals are static so that the stack's high-water mark is the app's, not this function's.
extern "C" [[noreturn]] void kernel_start(const x86::EntryRecord* entry) {
  static VgaCells cells;
  static SerialAndScreen output(cells);
  x86::install_traps(output);
  output.start();

  static CountingSink counted(output);
  static Console console(counted);
  static Emitter emit(counted, &x86::read_tsc_ordered);
  static Heap heap(heap_block, sizeof heap_block);
  static Profiler profiler(&x86::read_tsc_ordered);
  profiler.calibrate();

  static BootInfo boot;
  boot.path = static_cast<wire::BootPath>(entry->path);
  boot.entry_tsc = entry->tsc;
  boot.loader_tsc = loader_start(*entry);
  boot.memory_bytes = memory_bytes(*entry);
  boot.image_bytes = static_cast<uint32_t>(x86::image_end - x86::image_start);
  static const StackInfo stack = {x86::kStackTop - x86::kStackBottom, &stack_used};
  static System system = {console, emit, heap, profiler, boot, stack};

  emit.begin(kernel_app.name, boot.path, kernel_app.tests, kernel_app.metrics);
  static uint64_t app_start;
  app_start = x86::read_tsc_ordered();
  const wire::Status status = kernel_app.run(system);
  const uint64_t app_end = x86::read_tsc_ordered();
  // Without paging nothing stops a stack that grows too far; its paint tells afterwards.
  if (stack.used() > stack.total - kStackReserve) panic("stack overflow");
  emit_phases(emit, boot, app_start, app_end);
  const wire::Status said = emit.end(status);
  emit_boot(output, boot);
  x86::exit_when_screen_was_read(wire::exit_of(said));
}

}  // namespace kernel
