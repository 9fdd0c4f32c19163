// From a saved log to the record, and the record to JSON and back. The record of a usual run is
// small; "large" is one of a 1 MiB log. Bytes are those of the serial log, or of the JSON text.
#include <benchmark/benchmark.h>

#include "bench/log.h"
#include "bench/throughput.h"
#include "record/codec.h"
#include "record/record_testing.h"
#include "record/summary.h"

namespace harness {
namespace {

constexpr std::int64_t kUsual = 4 << 10;
constexpr std::int64_t kLarge = 1 << 20;

RunRecord record_of(const std::string& serial) {
  RunRecord record = sample_record();
  record.boots.clear();
  record.boots.push_back(sample_boot(1, serial));
  return record;
}

/// The pure half of a run: fold, classify, summarise.
void build_record(benchmark::State& state) {
  const std::string serial = session_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const RunRecord record = record_of(serial);
    const std::vector<MetricSummary> summaries = summarize(record);
    benchmark::DoNotOptimize(summaries.data());
  }
  count_bytes(state, serial.size());
}
BENCHMARK(build_record)->Arg(kUsual)->Arg(kLarge)->Unit(benchmark::kMicrosecond);

void write_json(benchmark::State& state) {
  const RunRecord record = record_of(session_of(static_cast<std::size_t>(state.range(0))));
  time_text(state, [&] { return record_to_json(record); });
}
BENCHMARK(write_json)->Arg(kUsual)->Arg(kLarge)->Unit(benchmark::kMicrosecond);

void read_json(benchmark::State& state) {
  const std::string json =
      record_to_json(record_of(session_of(static_cast<std::size_t>(state.range(0)))));
  for (auto _ : state) {
    const RunRecord record = record_from_json(json, "record.json");
    benchmark::DoNotOptimize(&record);
  }
  count_bytes(state, json.size());
}
BENCHMARK(read_json)->Arg(kUsual)->Arg(kLarge)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace harness
