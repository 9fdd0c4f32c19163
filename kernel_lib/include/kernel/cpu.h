// The processor: time stamp counter, cpuid, ports, and the two ways out.
#pragma once

#include <stdint.h>

#include <wire/protocol.h>

namespace x86 {

inline uint64_t read_tsc_ordered() {
  uint32_t low, high;
  // lfence is SSE2, which the default CPU of QEMU's i386 machines has; it keeps earlier loads from
  // drifting past the read. rdtscp would do it in one instruction, but qemu32 does not offer it.
  asm volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
  return uint64_t{high} << 32 | low;
}

}  // namespace x86

namespace kernel {

/// Prints one [PANIC] line with `reason`, registers and a backtrace, and exits with Exit::panic.
[[noreturn]] void panic(const char* reason);

/// Ends QEMU with a debug-exit value, after the screen hold. Never returns, spins where there is
/// no debug-exit device. For guests that must end without [END]; apps return from run() instead.
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
