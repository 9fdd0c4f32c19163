// benchmark.json: the times of a run in the form of Google Benchmark's --benchmark_out, so that its
// compare.py and what others have made for that form can read them. One entry for each boot.
//
// The form knows seconds and their fractions only. Instructions and cycles stand there as if they
// were nanoseconds; context.unit says what they are.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "record/summary.h"
#include "report/report.h"

namespace harness {

std::string render_benchmark_json(const RunRecord& record) {
  using Json = nlohmann::ordered_json;
  const Fingerprint& print = record.fingerprint;
  const std::string unit = unit_of(print.clock);
  Json benchmarks = Json::array();
  std::size_t family = 0;
  for (const MetricSamples& metric : collect_samples(record)) {
    if (metric.unit != unit || waits_for_disk(metric, record)) continue;
    for (std::size_t boot = 0; boot < metric.samples.size(); ++boot) {
      const std::string name = printable(metric.name);
      benchmarks.push_back({{"name", name},
                            {"family_index", family},
                            {"per_family_instance_index", 0},
                            {"run_name", name},
                            {"run_type", "iteration"},
                            {"repetitions", metric.samples.size()},
                            {"repetition_index", boot},
                            {"threads", 1},
                            {"iterations", 1},
                            {"real_time", metric.samples[boot]},
                            {"cpu_time", metric.samples[boot]},
                            {"time_unit", "ns"}});
    }
    ++family;
  }
  const std::string conditions = print.qemu_version + " " + print.arch + " " + print.model + " " +
                                 print.accel + " " + print.cpu + " " + print.compiler;
  const Json json = {{"context",
                      {{"date", printable(record.started_at)},
                       {"executable", printable(record.scenario)},
                       {"unit", unit},
                       {"conditions", printable(conditions)},
                       {"num_cpus", print.smp},
                       {"caches", Json::array()}}},
                     {"benchmarks", std::move(benchmarks)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace harness
