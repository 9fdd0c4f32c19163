// Files of Google Benchmark (--benchmark_out, JSON).
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "compare/measurements.h"

namespace harness {

/// Whether a JSON file has the two keys of such a file, "context" and "benchmarks". It may have
/// faults besides.
bool is_google_benchmark(const JsonRoot& file);

/// Whether such a file may tell of this condition of its measurement.
bool is_benchmark_condition(std::string_view name);

/// For each benchmark a series of real_time, under its name, and others for cpu_time and each
/// counter ("BM_a cpu_time"), each with one sample for each repetition. Two benchmarks of one name
/// (unlike family_index) are two: "BM_a" and "BM_a (2)". Left out is what is made of the rest:
/// aggregates, and the rows of a complexity. That a benchmark was skipped is in Series::skipped, an
/// error of it, or no iteration, is a fault of its series. Of what uniharness wrote
/// (report/benchmark_json.cpp) times come back in its own unit, and cpu_time, which there is the
/// same, is left out. Throws Error (ExitStatus::invalid_data) naming what is wrong with the file.
/// Files of every library since 1.0, in which members were added and none changed its meaning.
Measurements measurements_of_google_benchmark(std::string_view json, const std::string& name);

}  // namespace harness
