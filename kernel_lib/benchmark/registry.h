// The list of benchmarks, from constructors (register.cpp) to the runner.
#pragma once

#include <benchmark/benchmark.h>

#include "hosted/hosted.h"

namespace benchmark::internal {

Benchmark* first_benchmark();  // nullptr: none was registered

}  // namespace benchmark::internal
