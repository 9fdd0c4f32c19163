// Bytes to events, stage by stage: each benchmark contains the one above it.
#include <benchmark/benchmark.h>

#include "bench/log.h"
#include "stream/crc.h"
#include "stream/split.h"
#include "stream/stream.h"

namespace harness {
namespace {

constexpr std::size_t kLogBytes = 4 << 20;  // the default limit of a scenario
constexpr std::size_t kReadBytes = 4 << 10;

const std::string& log() {
  static const std::string text = session_of(kLogBytes);
  return text;
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(log().size()));
}

void checksum(benchmark::State& state) {
  for (auto _ : state) {
    FastCrc32 crc;
    crc.add(log());
    benchmark::DoNotOptimize(crc.value());
  }
  count_bytes(state);
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
  count_bytes(state);
}
BENCHMARK(split_lines)->Unit(benchmark::kMillisecond);

void parse_lines(benchmark::State& state) {
  for (auto _ : state) {
    LineSplitter splitter;
    splitter.feed(log());
    while (const auto line = splitter.next()) {
      const Parsed parsed = parse_line(line->bytes);
      if (std::holds_alternative<Corrupt>(parsed)) state.SkipWithError("the log is damaged");
      benchmark::DoNotOptimize(&parsed);
    }
  }
  count_bytes(state);
}
BENCHMARK(parse_lines)->Unit(benchmark::kMillisecond);

void fold_saved_log(benchmark::State& state) {
  for (auto _ : state) {
    const Events events = fold(log(), {});
    if (!events.end || !events.damage.empty()) state.SkipWithError("the log is damaged");
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state);
}
BENCHMARK(fold_saved_log)->Unit(benchmark::kMillisecond);

/// As it comes from the serial port: in reads that end anywhere.
void fold_live_stream(benchmark::State& state) {
  for (auto _ : state) {
    EventFolder folder;
    for (std::size_t at = 0; at < log().size(); at += kReadBytes) {
      folder.add(std::string_view(log()).substr(at, kReadBytes), std::chrono::nanoseconds(at));
    }
    const Events events = folder.finish();
    if (!events.end || !events.damage.empty()) state.SkipWithError("the log is damaged");
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state);
}
BENCHMARK(fold_live_stream)->Unit(benchmark::kMillisecond);

/// A guest that babbles without a line end.
void fold_babble(benchmark::State& state) {
  const std::string babble(log().size(), '#');
  for (auto _ : state) {
    const Events events = fold(babble, {});
    benchmark::DoNotOptimize(&events);
  }
  count_bytes(state);
}
BENCHMARK(fold_babble)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace harness
