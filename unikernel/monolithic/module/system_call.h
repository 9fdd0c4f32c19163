// What kernel and modules agree on: addresses, numbers of system calls, the head of a module.
#pragma once

#include <stdint.h>

namespace monolithic {

// Ring 3 sees one large page, from 4 MB to 8 MB: slots of modules, the heap that system calls give
// from, and a stack. Assembler and CMake know kSlots, kSlotBytes too (module.ld, CMakeLists.txt).
inline constexpr uint32_t kUserBegin = 0x400000, kUserEnd = 0x800000;
inline constexpr uint32_t kSlots = kUserBegin, kSlotBytes = 0x4000;
inline constexpr uint32_t kUserHeap = 0x600000, kUserHeapBytes = 256 * 1024;
inline constexpr uint32_t kUserStackTop = kUserEnd;

/// How a module calls the kernel. int 0x80: an interrupt gate. sysenter: MSRs 0x174 to 0x176 (Intel
/// SDM volume 2, SYSENTER and SYSEXIT), where the caller leaves its stack in ecx and where to go on
/// in edx.
enum class Gate : uint32_t { int80, sysenter };

/// In eax; arguments in ebx and esi; the result comes in eax, ecx and edx are lost.
enum class SystemCall : uint32_t {
  exit,      // (result): ends the module
  write,     // (text, size): to the console; 0, or kRefused for memory that is not the module's
  allocate,  // (size): as kernel::Heap::allocate
  free,      // (block): as kernel::Heap::free
  nothing,   // for measuring
};
inline constexpr uint32_t kRefused = 0xFFFFFFFF;

/// The first bytes of a module, written by module.ld.
struct ModuleHead {
  static constexpr uint32_t kMagic = 0x31444F4D;  // "MOD1"
  uint32_t magic;
  uint32_t image_bytes;   // with this head
  uint32_t zeroed;        // address of the memory that is zero at start
  uint32_t zeroed_bytes;  // and its size
  uint32_t entry;         // address of module_start
};

}  // namespace monolithic
