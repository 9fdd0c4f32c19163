// The processor: time stamp counter, cpuid, ports, and the two ways out.
#pragma once

#include <stdint.h>

#include <wire/protocol.h>

namespace x86 {

inline uint64_t read_tsc_ordered() {
  uint32_t low, high;
  // lfence keeps earlier loads from drifting past the read. It is SSE2, which qemu32, the default
  // CPU of QEMU's i386 machines, has; being inline, it assembles under -march=i686 too. rdtscp
  // would do both in one instruction, but qemu32 does not offer it.
  asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
  return uint64_t{high} << 32 | low;
}

struct CpuidResult {
  uint32_t eax, ebx, ecx, edx;
};
inline CpuidResult cpuid(uint32_t leaf, uint32_t subleaf = 0) {
  CpuidResult result;
  asm volatile("cpuid"
               : "=a"(result.eax), "=b"(result.ebx), "=c"(result.ecx), "=d"(result.edx)
               : "a"(leaf), "c"(subleaf));
  return result;
}

/// Lets the code that follows use SSE2 and its registers, with all its exceptions masked and
/// rounding to nearest. False where the processor has no SSE2. Kernel and traps never touch these
/// registers, so nothing saves them.
inline bool enable_sse2() {
  constexpr uint32_t kFxsr = 1 << 24, kSse2 = 1 << 26;  // cpuid leaf 1, edx
  if ((cpuid(1).edx & (kFxsr | kSse2)) != (kFxsr | kSse2)) return false;
  constexpr uint32_t kMonitorCoprocessor = 1 << 1, kEmulation = 1 << 2;  // CR0
  constexpr uint32_t kOsFxsr = 1 << 9, kOsXmmExceptions = 1 << 10;       // CR4
  uint32_t control;
  asm volatile("mov %%cr0, %0" : "=r"(control));
  control = (control & ~kEmulation) | kMonitorCoprocessor;
  asm volatile("mov %0, %%cr0" : : "r"(control) : "memory");
  asm volatile("mov %%cr4, %0" : "=r"(control));
  control |= kOsFxsr | kOsXmmExceptions;
  asm volatile("mov %0, %%cr4" : : "r"(control) : "memory");
  const uint32_t all_masked = 0x1F80;
  asm volatile("ldmxcsr %0" : : "m"(all_masked));
  return true;
}

inline void out8(uint16_t port, uint8_t value) {
  asm volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
inline void out16(uint16_t port, uint16_t value) {
  asm volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
inline void out32(uint16_t port, uint32_t value) {
  asm volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
inline uint32_t in32(uint16_t port) {
  uint32_t value;
  asm volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
  return value;
}
/// `count` times four bytes from one port to memory.
inline void in32_many(uint16_t port, void* to, uint32_t count) {
  asm volatile("rep insl" : "+D"(to), "+c"(count) : "d"(port) : "memory");
}
/// And from memory to it.
inline void out32_many(uint16_t port, const void* from, uint32_t count) {
  asm volatile("rep outsl" : "+S"(from), "+c"(count) : "d"(port) : "memory");
}
/// All ones where no device answers.
inline uint8_t in8(uint16_t port) {
  uint8_t value;
  asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
  return value;
}

/// Says that this is a wait loop: QEMU then lets its other threads run.
inline void pause() { asm volatile("pause" : : : "memory"); }

/// Stops the processor for good: interrupts are off, so only a reset ends it.
[[noreturn]] inline void halt() {
  for (;;) asm volatile("cli; hlt" : : : "memory");
}

}  // namespace x86

namespace kernel {

/// Prints one [PANIC] line with `reason`, the caller's address and a backtrace, and exits with
/// Exit::panic.
[[noreturn]] void panic(const char* reason);

/// Ends QEMU with a debug-exit value, at once. Never returns, spins where there is no debug-exit
/// device. For guests that must end without [END]; apps return from run() instead, and only then is
/// the screen read.
[[noreturn]] void exit_machine(wire::Exit value);

}  // namespace kernel

/// Keeps the compiler from knowing a value, so that work on it cannot be done at compile time.
template <class T>
inline T launder_value(T value) {
  asm volatile("" : "+r"(value));
  return value;
}
/// Makes a result needed, so that the work for it cannot be left out.
template <class T>
inline void keep(T value) {
  asm volatile("" : : "r"(value) : "memory");
}
