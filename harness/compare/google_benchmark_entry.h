// One entry of "benchmarks" in a file of Google Benchmark. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harness {

/// Its members, as far as they are known; all other members that are numbers are counters.
///
/// Since which version of the library they are there: run_type and run_name 1.4.1 and 1.5.0,
/// family_index 1.5.4, skipped and skip_message 1.8.0. Before, error_occurred was all there was,
/// and aggregates are told by their names.
struct BenchmarkEntry {
  std::string name, run_name, run_type, time_unit = "ns";
  std::string error_message, skip_message;
  std::optional<double> real_time, cpu_time, iterations;
  std::uint64_t family = 0, instance = 0, repetitions = 0;
  bool error = false, skipped = false, complexity = false;
  std::vector<std::pair<std::string, double>> counters;

  /// Nothing, as at first. Texts keep their room: the next entry's are about as long.
  void clear();
  /// A member: its key and its value as they are in the text.
  void take(std::string_view key, std::string_view raw);
};

}  // namespace harness
