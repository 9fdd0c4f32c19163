// Bytes to events, stage by stage, and then all stages together: on one session of 1 MiB with many
// names, on the log of tinyllama, and over three orders of magnitude of size.
#include <benchmark/benchmark.h>

#include "bench/log.h"
#include "bench/throughput.h"
#include "stream/collector.h"
#include "stream/crash.h"
#include "stream/crc.h"
#include "stream/split.h"

namespace harness {
namespace {

constexpr std::size_t kLogBytes = 1 << 20;  // 14,000 values, about as many as are kept
constexpr std::size_t kReadBytes = 4 << 10;

const std::string& log() {
  static const std::string text = session_of(kLogBytes);
  return text;
}

void checksum(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(extend_crc(0, log()));
  count_bytes(state, log().size());
}
BENCHMARK(checksum)->Unit(benchmark::kMillisecond);

void split_lines(benchmark::State& state) {
  for (auto _ : state) {
    LineSplitter splitter;
    splitter.feed(log());
    std::size_t lines = 0;
    while (splitter.next()) ++lines;
    benchmark::DoNotOptimize(lines);
  }
  count_bytes(state, log().size());
}
BENCHMARK(split_lines)->Unit(benchmark::kMillisecond);

/// Split, and read each line by its grammar.
void parse_lines(benchmark::State& state) {
  LineValues values;
  for (auto _ : state) {
    LineSplitter splitter;
    splitter.feed(log());
    while (const auto line = splitter.next()) {
      const LineKind kind = read_line(line->bytes, values);
      if (kind == LineKind::corrupt) state.SkipWithError("the log is damaged");
      benchmark::DoNotOptimize(&values);
    }
  }
  count_bytes(state, log().size());
}
BENCHMARK(parse_lines)->Unit(benchmark::kMillisecond);

/// Whether a line tells of a crash, asked of lines that nearly do.
void look_for_crashes(benchmark::State& state) {
  const std::string_view lines[] = {"Kernel command line: console=ttyS0", "[    0.000000] Booting",
                                    "BUGS: none known.", "main.c:12:5: warning: unused variable",
                                    "==== results ===="};
  std::size_t bytes = 0;
  for (const std::string_view line : lines) bytes += line.size();
  for (auto _ : state) {
    for (const std::string_view line : lines) benchmark::DoNotOptimize(find_crash(line));
  }
  count_bytes(state, bytes);
}
BENCHMARK(look_for_crashes)->Unit(benchmark::kNanosecond);

void check_whole(benchmark::State& state, const Events& events) {
  if (!events.end || !events.protocol_errors.empty()) state.SkipWithError("the log is damaged");
}

void fold_saved_log(benchmark::State& state) {
  for (auto _ : state) {
    const Events events = collect_events(log(), {});
    check_whole(state, events);
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state, log().size());
}
BENCHMARK(fold_saved_log)->Unit(benchmark::kMillisecond);

/// As it comes from the serial port: in reads that end anywhere.
Events fold_in_reads(const std::string& bytes) {
  EventCollector collector;
  for (std::size_t at = 0; at < bytes.size(); at += kReadBytes) {
    collector.add(std::string_view(bytes).substr(at, kReadBytes), std::chrono::nanoseconds(at));
  }
  return collector.finish();
}

void fold_live_stream(benchmark::State& state) {
  for (auto _ : state) {
    const Events events = fold_in_reads(log());
    check_whole(state, events);
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state, log().size());
}
BENCHMARK(fold_live_stream)->Unit(benchmark::kMillisecond);

/// Boot after boot of tinyllama, each with a fold of its own: 2.2 KB, set-up included.
void fold_tinyllama(benchmark::State& state) {
  constexpr std::size_t kBoots = 1000;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBoots; ++i) {
      const Events events = fold_in_reads(kTinyllamaLog);
      check_whole(state, events);
      benchmark::DoNotOptimize(&events);
    }
  }
  count_bytes(state, kBoots * kTinyllamaLog.size());
}
BENCHMARK(fold_tinyllama)->Unit(benchmark::kMillisecond);

/// One session of any size. From 2 MiB on it holds more values than EventLimits keeps, from 32 MiB
/// on more lines; they are still read, counted and under the checksum.
void fold_size(benchmark::State& state) {
  const std::string session = session_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const Events events = collect_events(session, {});
    if (!events.end || events.computed_crc != events.end->crc) {
      state.SkipWithError("the log is damaged");
    }
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state, session.size());
  state.SetComplexityN(state.range(0));
}
BENCHMARK(fold_size)
    ->RangeMultiplier(4)
    ->Range(64 << 10, 64 << 20)
    ->Unit(benchmark::kMillisecond)
    ->Complexity(benchmark::oN);

/// A guest that babbles without a line end.
void fold_babble(benchmark::State& state) {
  const std::string babble(log().size(), '#');
  for (auto _ : state) {
    const Events events = collect_events(babble, {});
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state, log().size());
}
BENCHMARK(fold_babble)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace harness
