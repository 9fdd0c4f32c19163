// Runs what is registered and tells the results as wire/benchmark.h has them.
#pragma once

#include <benchmark/benchmark.h>
#include <kernel/system.h>

namespace benchmark::internal {

class Runner {
 public:
  explicit Runner(kernel::System& system);

  /// How many benchmarks run_all() will run: each with each of its arguments.
  static uint32_t count();
  /// Fails where a benchmark did, and where there is none.
  wire::Status run_all();

 private:
  State measured(const Benchmark& benchmark, Arguments arguments, uint32_t iterations) const;
  uint32_t iterations_for(const Benchmark& benchmark, Arguments arguments) const;
  bool run(const Benchmark& benchmark, Arguments arguments, uint64_t family, uint64_t index);
  void tell(class JsonObject& json, const Benchmark& benchmark, const State& state) const;
  static class Name name_of(const Benchmark& benchmark, Arguments arguments);
  static uint64_t empty_loop(uint32_t iterations);

  kernel::System& system_;
  bool counted_;           // by instructions, else by time
  uint64_t overhead_ = 0;  // of one measurement, in ticks
};

}  // namespace benchmark::internal
