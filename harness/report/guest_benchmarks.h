// Benchmarks that a guest ran itself and reported in [JSON] lines (wire/benchmark.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/record.h"

namespace harness {

struct GuestCounter {
  std::string name;
  double value = 0;
  std::uint32_t flags = 0;  // wire::benchmark::kIsRate and its like
};

/// One repetition of one benchmark.
struct GuestBenchmark {
  std::string name, time_unit = "ns", label, error;  // error empty: there are numbers
  std::uint64_t family = 0, instance = 0, repetitions = 1, repetition = 0;
  std::uint64_t iterations = 1, cycles = 0;  // of all of them; iterations is never 0
  std::uint64_t items = 0, bytes = 0;        // 0: not said
  std::vector<GuestCounter> counters;
};

/// Those of one boot, in order. A [JSON] line that is none, or that lacks what it must have, is
/// left out: it stays in the record as the JSON that it is. Pure.
std::vector<GuestBenchmark> guest_benchmarks(const Events& events);

/// A counter's value as Google Benchmark reports it; `seconds` is what all iterations took together
/// and not 0.
double counter_value(const GuestCounter& counter, std::uint64_t iterations, double seconds);

}  // namespace harness
