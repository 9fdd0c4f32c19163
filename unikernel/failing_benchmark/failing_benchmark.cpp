// Benchmarks that cannot be measured, each for another reason, and one that can.
#include <benchmark/benchmark.h>

namespace {

void good(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::ClobberMemory();
}
BENCHMARK(good);

void gives_up(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) {
    if (state.range(0) > 1) {
      state.SkipWithError("more than one");
      break;
    }
  }
}
BENCHMARK(gives_up)->Arg(1)->Arg(2);

void without_a_loop(benchmark::State&) {}
BENCHMARK(without_a_loop);

BENCHMARK(good)->Name("no_multiplier")->RangeMultiplier(1)->Range(1, 8);

}  // namespace
