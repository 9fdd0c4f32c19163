// The other side of the system calls: what a module is written against. kernel::Heap is there too,
// each allocation a system call away.
#pragma once

#include <stdint.h>

#include "system_call.h"

/// A module: one function. What it returns is its result.
extern "C" uint32_t module_main(uint32_t input);

namespace module {

inline uint32_t call_by_int80(monolithic::SystemCall number, uint32_t a = 0, uint32_t b = 0) {
  uint32_t result;
  asm volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "S"(b) : "ecx", "edx", "memory");
  return result;
}

inline uint32_t call_by_sysenter(monolithic::SystemCall number, uint32_t a = 0, uint32_t b = 0) {
  uint32_t result;
  asm volatile(
      "mov %%esp, %%ecx\n"
      "mov $1f, %%edx\n"
      "sysenter\n"
      "1:"
      : "=a"(result)
      : "a"(number), "b"(a), "S"(b)
      : "ecx", "edx", "memory", "cc");
  return result;
}

/// By the gate that the kernel chose for this run.
uint32_t call(monolithic::SystemCall number, uint32_t a = 0, uint32_t b = 0);

/// To the kernel's console. False where the kernel refused.
bool write(const char* text);

}  // namespace module
