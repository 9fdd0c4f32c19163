// What an application of kernel_lib gets, and what it must provide. An app is one source file:
//
//   static wire::Status run(kernel::System& system) { ... return wire::Status::pass; }
//   extern "C" const kernel::App kernel_app = {"hello", 1, 0, &run};
//
// kernel_start (arch/x86/start.cpp) makes everything, writes [BEGIN] from the app's plan, calls
// run(), writes [END] with what it returned, and ends QEMU. C apps use <kernel/kernel.h>.
#pragma once

#include <stdint.h>

#include <wire/protocol.h>

namespace kernel {

class Console;   // kernel/console.h: text to serial and VGA, colours
class Emitter;   // kernel/emit.h: protocol lines
class Heap;      // kernel/heap.h
class Profiler;  // kernel/profile.h

/// How and with what this kernel was started.
struct BootInfo {
  wire::BootPath path = wire::BootPath::disk;
  uint64_t entry_tsc = 0;     // time stamp counter at the first instruction of the kernel
  uint64_t loader_tsc = 0;    // the same of our boot sector; 0 where another loader came before us
  uint64_t memory_bytes = 0;  // usable RAM above 1 MB, from E820, multiboot or PVH; 0 if unknown
  uint32_t image_bytes = 0;   // size of what was loaded (text, rodata, data)
};

/// The stack: from kStackTop down, painted at start.
struct StackInfo {
  uint32_t total = 0;            // bytes painted
  uint32_t (*used)() = nullptr;  // high-water mark in bytes, measured now
};

/// Handed to the app; nothing in it is global.
struct System {
  Console& console;
  Emitter& emit;
  Heap& heap;
  Profiler& profiler;
  const BootInfo& boot;
  const StackInfo& stack;
};

struct App {
  const char* name;  // image=
  uint32_t tests;    // the plan: how many [TEST] lines ...
  uint32_t metrics;  // ... and how many [TIMING], [BENCH], [PROFILE], [METRIC] lines will come
  wire::Status (*run)(System& system);
};

}  // namespace kernel

/// Defined by the app.
extern "C" const kernel::App kernel_app;
