// Files of Google Benchmark (--benchmark_out, JSON).
#pragma once

#include <string>
#include <string_view>

#include "compare/measurements.h"

namespace harness {

/// Whether a JSON text is one of Google Benchmark's.
bool is_google_benchmark(std::string_view json);

/// One series for each benchmark: real_time of each repetition; aggregates are left out, for they
/// are made of the rest. An error of a benchmark, or no iteration, is a fault of its series. What
/// uniharness wrote (report/benchmark_json.cpp) comes back in its own unit. Throws Error
/// (ExitStatus::invalid_data) naming what is wrong with the file.
Measurements measurements_of_google_benchmark(std::string_view json, const std::string& name);

}  // namespace harness
