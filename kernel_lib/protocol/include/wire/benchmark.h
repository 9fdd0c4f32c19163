// How a guest tells the result of a benchmark: one [JSON] line with one object.
// kernel_lib/benchmark writes it, harness/report/benchmark_json.cpp reads it.
//
//   [JSON] {"benchmark":{"name":"BM_copy/64","family_index":3,"per_family_instance_index":1,
//           "repetitions":1,"repetition_index":0,"iterations":1000,"cycles":23000,
//           "items":0,"bytes":64000,"counters":[{"name":"copies","value":1000,"flags":0}]}}
//                                                                          (one line on the wire)
//
// Names are Google Benchmark's where that has them. "cycles" is what all iterations took together;
// "items" and "bytes" are what all of them processed. "label" and "error" (a message; then there
// are no numbers from "iterations" on) are there where the benchmark set them.
#pragma once

#include <stdint.h>

namespace wire::benchmark {

inline constexpr char kObject[] = "benchmark";  // the one key of the line's object
inline constexpr char kName[] = "name";
inline constexpr char kFamily[] = "family_index";
inline constexpr char kInstance[] = "per_family_instance_index";
inline constexpr char kRepetitions[] = "repetitions";
inline constexpr char kRepetition[] = "repetition_index";
inline constexpr char kIterations[] = "iterations";
inline constexpr char kCycles[] = "cycles";
inline constexpr char kItems[] = "items";
inline constexpr char kBytes[] = "bytes";
inline constexpr char kTimeUnit[] = "time_unit";  // that people are to read: ns, us, ms, s
inline constexpr char kLabel[] = "label";
inline constexpr char kError[] = "error";
inline constexpr char kCounters[] = "counters";
inline constexpr char kValue[] = "value";
inline constexpr char kFlags[] = "flags";

// What a counter's value means: the bits of Google Benchmark's Counter::Flags.
inline constexpr uint32_t kIsRate = 1u << 0;                // per second
inline constexpr uint32_t kAverageOfThreads = 1u << 1;      // there is one thread
inline constexpr uint32_t kIsIterationInvariant = 1u << 2;  // times the iterations
inline constexpr uint32_t kAverageOfIterations = 1u << 3;   // by the iterations
inline constexpr uint32_t kInvert = 1u << 31;               // one by it

// [METRIC] of each benchmark: "BM_copy/64 per 1000", the cycles of so many iterations. A whole
// number that loses nothing where 1000 is a multiple of the iterations.
inline constexpr char kPerThousand[] = " per 1000";
inline constexpr uint64_t kThousand = 1000;

}  // namespace wire::benchmark
