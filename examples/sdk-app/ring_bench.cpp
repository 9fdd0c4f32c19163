// Measured in the guest, and with Google Benchmark on the host.
#include "ring.h"

#include <benchmark/benchmark.h>

namespace {

[[gnu::noinline]] int through(Ring& ring, std::uint8_t byte) {
  ring.put(byte);
  return ring.take();
}

void put_and_take(benchmark::State& state) {
  Ring ring;
  std::uint8_t byte = 1;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(byte);
    int result = through(ring, byte);
    benchmark::DoNotOptimize(result);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(put_and_take);

}  // namespace

BENCHMARK_MAIN();
