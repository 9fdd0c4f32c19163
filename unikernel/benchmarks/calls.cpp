// What calling costs: the loop alone, a function, a function through a pointer, and branches.
//
// Everything in this folder is measured on both sides: on the host with Google Benchmark
// (uniharness_guest_bench_host) and in the unikernel with kernel_lib's (scenarios/benchmarks.yaml).
// Functions that are timed stay calls, their inputs are unknown to the compiler, and their results
// are needed.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

void empty_loop(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) asm volatile("");  // an empty one is left out
}
BENCHMARK(empty_loop);

[[gnu::noinline]] std::uint32_t successor(std::uint32_t value) {
  asm volatile("");  // or the compiler would know what comes back
  return value + 1;
}

void call(benchmark::State& state) {
  std::uint32_t value = 0;
  for ([[maybe_unused]] auto _ : state) value = successor(value);
  benchmark::DoNotOptimize(value);
}
BENCHMARK(call);

void indirect_call(benchmark::State& state) {
  std::uint32_t (*function)(std::uint32_t) = &successor;
  benchmark::DoNotOptimize(function);
  std::uint32_t value = 0;
  for ([[maybe_unused]] auto _ : state) value = function(value);
  benchmark::DoNotOptimize(value);
}
BENCHMARK(indirect_call);

/// How many of 1,024 branches are taken: all the same way, or by the bits of a generator.
[[gnu::noinline]] std::uint32_t taken(std::uint32_t mask, std::uint32_t seed) {
  std::uint32_t count = 0;
  for (int i = 0; i < 1024; ++i) {
    seed = seed * 1664525 + 1013904223;  // Numerical Recipes' linear congruential generator
    if ((seed >> 16) & mask) {
      asm volatile("" : "+r"(count));  // a branch, not a conditional move
      ++count;
    }
  }
  return count;
}

void branches(benchmark::State& state, std::uint32_t mask) {
  benchmark::DoNotOptimize(mask);
  std::uint32_t count = 0;
  for ([[maybe_unused]] auto _ : state) {
    count = taken(mask, 1);
    benchmark::DoNotOptimize(count);
  }
  state.counters["taken"] = count;
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK_CAPTURE(branches, never, 0u);
BENCHMARK_CAPTURE(branches, by_chance, 1u);

}  // namespace

BENCHMARK_MAIN();
