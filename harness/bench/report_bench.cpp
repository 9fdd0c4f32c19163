// What the reports of one run cost: a suite of boots of 40 ms each pays it for every one of them.
// The record is that of a boot of unikernel/tinyllama. Bytes are those of the report.
#include <benchmark/benchmark.h>

#include <functional>

#include "bench/log.h"
#include "bench/throughput.h"
#include "record/codec.h"
#include "record/record_testing.h"
#include "report/report.h"

namespace harness {
namespace {

void render(benchmark::State& state, const std::function<std::string(const RunRecord&)>& format) {
  RunRecord record = sample_record();
  record.boots.clear();
  record.boots.push_back(sample_boot(1, kTinyllamaLog));
  time_text(state, [&] { return format(record); });
}

/// A row for each format of the table, and one for the record.
[[maybe_unused]] const bool kRegistered = [] {
  const auto add = [](std::string_view file, const auto& format) {
    const std::string name = "render/" + std::string(file);
    benchmark::RegisterBenchmark(name.c_str(), render, format)->Unit(benchmark::kMicrosecond);
  };
  for (const ReportFormat& format : report_formats()) add(format.file, format.render);
  add("record.json", record_to_json);
  return true;
}();

}  // namespace
}  // namespace harness
