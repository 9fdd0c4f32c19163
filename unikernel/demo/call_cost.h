// The price of a call: a loop with it, less the same loop without.
#pragma once

#include <stdint.h>

#include <kernel/cpu.h>

/// The empty asm keeps the compiler from seeing that calls to it may be left out.
[[gnu::noinline]] static inline void callee() { asm volatile(""); }

/// Cycles for `count` rounds of the body, which is inlined: all rounds differ by the body alone.
template <class Body>
[[gnu::noinline]] static uint64_t time_loop(uint32_t count, Body body) {
  const uint64_t start = x86::read_tsc_ordered();
#pragma clang loop unroll(disable)
  for (uint32_t left = count; left != 0; --left) body();
  return x86::read_tsc_ordered() - start;
}

struct CallCost {
  uint64_t raw = 0;         // the loop with the calls
  uint64_t empty_loop = 0;  // the same loop without
  uint64_t calls() const { return raw > empty_loop ? raw - empty_loop : 0; }
};

/// One direct call costs at least 2 instructions, the call and its return.
template <class Call>
static CallCost measure_calls(uint32_t count, Call call) {
  CallCost cost;
  // The first round is written over by the second: it runs on cold caches, or waits for QEMU to
  // translate the code.
  for (int round = 0; round < 2; ++round) {
    cost.empty_loop = time_loop(count, [] { asm volatile(""); });
    cost.raw = time_loop(count, call);
  }
  return cost;
}

/// The least of several rounds of each loop: what other work on the machine adds falls away.
template <class Call>
static CallCost measure_calls_undisturbed(uint32_t count, Call call) {
  CallCost least = measure_calls(count, call);
  for (int round = 0; round < 4; ++round) {
    const CallCost cost = measure_calls(count, call);
    if (cost.raw < least.raw) least.raw = cost.raw;
    if (cost.empty_loop < least.empty_loop) least.empty_loop = cost.empty_loop;
  }
  return least;
}
