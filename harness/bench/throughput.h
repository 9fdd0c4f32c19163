// What the benchmarks have in common beside their log.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace harness {

/// Each iteration went through `size` bytes.
inline void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(size));
}

/// Times `make`, which returns text; bytes are those of the text.
template <class Make>
void time_text(benchmark::State& state, const Make& make) {
  std::size_t size = 0;
  for (auto _ : state) {
    const std::string text = make();
    size = text.size();
    benchmark::DoNotOptimize(text.data());
  }
  count_bytes(state, size);
}

}  // namespace harness
