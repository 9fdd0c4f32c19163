// Every way to say what a benchmark is run with, for the names that come of it: an end-to-end test
// holds them against those that Google Benchmark makes of this source (benchmark_names_host).
#include <benchmark/benchmark.h>

namespace {

void once(benchmark::State& state) {
  while (state.KeepRunning()) {
  }
}
BENCHMARK(once)->Iterations(3);
BENCHMARK(once)->Name("dense")->DenseRange(-4, 5, 3)->Iterations(1);
BENCHMARK(once)->Name("one")->Range(7, 7)->Iterations(1);
BENCHMARK(once)->Name("neighbours")->Range(7, 8)->Iterations(1);
BENCHMARK(once)->Name("through_zero")->Range(-70, 70)->Iterations(1);
BENCHMARK(once)->Name("from_zero")->RangeMultiplier(3)->Range(0, 30)->Iterations(1);
BENCHMARK(once)->Name("negative")->RangeMultiplier(2)->Range(-64, -3)->Iterations(1);
BENCHMARK(once)->Name("ranges")->Ranges({{1, 64}, {2, 3}})->Iterations(1);
BENCHMARK(once)->Name("args")->Args({1, -2, 3})->Args({4, 5, 6})->Iterations(1);
BENCHMARK(once)->Name("named")->ArgNames({"rows", ""})->Args({8, 9})->Iterations(1);
BENCHMARK(once)->Name("repeated")->Repetitions(2)->Iterations(2);
BENCHMARK(once)->Name("timed")->MinTime(0.001);
BENCHMARK(once)->Name("real")->Iterations(1)->UseRealTime();
BENCHMARK(once)->Name("applied")->Iterations(1)->Apply([](auto* benchmark) {
  for (int i = 0; i < 3; ++i) benchmark->Arg(i * i);
});

void batch(benchmark::State& state) {
  int rounds = 0;
  while (state.KeepRunningBatch(4)) ++rounds;
  state.counters["rounds"] = rounds;
}
BENCHMARK(batch)->Iterations(10);  // three rounds, twelve iterations

}  // namespace

BENCHMARK_MAIN();
