// Numbers: recursion, a sum, primes in two ways, and division by what the processor has no
// instruction for.
#include <benchmark/benchmark.h>

#include <cstdint>

namespace {

[[gnu::noinline]] std::uint32_t fibonacci(std::uint32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

void fibonacci_of(benchmark::State& state) {
  auto n = static_cast<std::uint32_t>(state.range(0));
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(n);
    std::uint32_t result = fibonacci(n);
    benchmark::DoNotOptimize(result);
  }
}
BENCHMARK(fibonacci_of)->Name("fibonacci")->Arg(10)->Arg(15);

/// Each number passes through a barrier: the closed form is known to compilers.
[[gnu::noinline]] std::uint32_t sum_to(std::uint32_t n) {
  std::uint32_t sum = 0;
  for (std::uint32_t i = 1; i <= n; ++i) {
    sum += i;
    asm volatile("" : "+r"(sum));
  }
  return sum;
}

void sum(benchmark::State& state) {
  auto n = static_cast<std::uint32_t>(state.range(0));
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(n);
    std::uint32_t result = sum_to(n);
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(sum)->RangeMultiplier(10)->Range(10, 1000);

[[gnu::noinline]] std::uint32_t primes_by_trial(std::uint32_t limit) {
  std::uint32_t count = 0;
  for (std::uint32_t n = 2; n <= limit; ++n) {
    bool prime = true;
    for (std::uint32_t d = 2; d * d <= n && prime; ++d) prime = n % d != 0;
    count += prime;
  }
  return count;
}

void primes(benchmark::State& state) {
  auto limit = static_cast<std::uint32_t>(state.range(0));
  std::uint32_t count = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(limit);
    count = primes_by_trial(limit);
    benchmark::DoNotOptimize(count);
  }
  if (state.range(0) == 1000 && count != 168) state.SkipWithError("there are 168 primes to 1000");
}
BENCHMARK(primes)->Arg(100)->Arg(1000);

constexpr std::uint32_t kSieveLimit = 1000;

[[gnu::noinline]] std::uint32_t sieve_of(bool* composite, std::uint32_t limit) {
  for (std::uint32_t n = 0; n <= limit; ++n) composite[n] = n < 2;
  for (std::uint32_t n = 2; n * n <= limit; ++n) {
    if (composite[n]) continue;
    for (std::uint32_t multiple = n * n; multiple <= limit; multiple += n) {
      composite[multiple] = true;
    }
  }
  std::uint32_t count = 0;
  for (std::uint32_t n = 0; n <= limit; ++n) count += !composite[n];
  return count;
}

void sieve(benchmark::State& state) {
  static bool composite[kSieveLimit + 1];
  auto limit = static_cast<std::uint32_t>(state.range(0));
  std::uint32_t count = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(limit);
    count = sieve_of(composite, limit);
    benchmark::DoNotOptimize(count);
    benchmark::ClobberMemory();
  }
  if (limit == kSieveLimit && count != 168) state.SkipWithError("there are 168 primes to 1000");
}
BENCHMARK(sieve)->Arg(100)->Arg(kSieveLimit);

template <class Number>
[[gnu::noinline]] Number quotient(Number dividend, Number divisor) {
  return dividend / divisor;
}

template <class Number>
void division(benchmark::State& state) {
  Number dividend = static_cast<Number>(0xFEDCBA9876543210), divisor = 12345;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(dividend);
    benchmark::DoNotOptimize(divisor);
    Number result = quotient(dividend, divisor);
    benchmark::DoNotOptimize(result);
  }
}
using Bits32 = std::uint32_t;
using Bits64 = std::uint64_t;
BENCHMARK_TEMPLATE(division, Bits32);
BENCHMARK_TEMPLATE(division, Bits64);

}  // namespace
