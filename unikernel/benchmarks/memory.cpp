// Memory: copying by each side's own memcpy, and kernel_lib's heap.
#include <benchmark/benchmark.h>
#include <kernel/heap.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace {

constexpr std::size_t kLargest = 4096;

void copy(benchmark::State& state) {
  alignas(16) static char from[kLargest], to[kLargest];
  auto size = static_cast<std::size_t>(state.range(0));
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(size);
    std::memcpy(to, from, size);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(to[0]);
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(copy)->Range(8, kLargest);

/// Takes `count` blocks and gives them back, the first ones first.
[[gnu::noinline]] bool take_and_give(kernel::Heap& heap, std::size_t count) {
  constexpr std::size_t kMost = 16, kBytes = 48;
  void* blocks[kMost];
  bool good = count <= kMost;
  for (std::size_t i = 0; i < count && good; ++i) {
    blocks[i] = heap.allocate(kBytes);
    good = blocks[i] != nullptr;
  }
  for (std::size_t i = 0; i < count && good; ++i) good = heap.free(blocks[i]);
  return good;
}

void heap(benchmark::State& state) {
  alignas(kernel::Heap::kAlign) static char memory[4096];
  kernel::Heap blocks(memory, sizeof memory);
  auto count = static_cast<std::size_t>(state.range(0));
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(count);
    if (!take_and_give(blocks, count)) {
      state.SkipWithError("the heap gave no block, or took none back");
      break;
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(heap)->ArgName("blocks")->Arg(1)->Arg(16);

}  // namespace
