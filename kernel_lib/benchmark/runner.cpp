#include "runner.h"

#include <kernel/console.h>
#include <kernel/emit.h>
#include <wire/benchmark.h>

#include "clock.h"
#include "registry.h"
#include "text.h"

namespace benchmark::internal {
namespace {

namespace key = wire::benchmark;

constexpr uint64_t kMinTicks = 1u << 24;  // of one measurement under the host clock

void add_argument(Name& name, const char* of_argument, int64_t value) {
  name.text("/");
  if (of_argument && *of_argument) name.text(of_argument).text(":");
  name.number(value);
}

void add_seconds(Name& name, double seconds) {
  const auto thousandths = (static_cast<int64_t>(seconds * 2000) + 1) / 2;
  name.number(thousandths / 1000).text(".");
  for (int64_t digit = 100; digit > 0; digit /= 10) name.number(thousandths / digit % 10);
}

}  // namespace

Runner::Runner(kernel::System& system) : system_(system), counted_(clock_counts_instructions()) {
  const uint64_t one = empty_loop(1), two = empty_loop(2);
  overhead_ = 2 * one > two ? 2 * one - two : 0;
}

/// The loop and the clock around it.
uint64_t Runner::empty_loop(uint32_t iterations) {
  uint64_t least = UINT64_MAX;
  for (int round = 0; round < 16; ++round) {  // the first ones wait for a translator
    State state(iterations, {});
    for ([[maybe_unused]] auto _ : state) ClobberMemory();  // or the loop would not be one
    if (state.cycles_ < least) least = state.cycles_;
  }
  return least;
}

uint32_t Runner::count() {
  uint32_t count = 0;
  for (Benchmark* at = first_benchmark(); at; at = at->next_) {
    if (at->first_ == nullptr) at->add({});
    for (const auto* instance = at->first_; instance; instance = instance->next) ++count;
  }
  return count;
}

wire::Status Runner::run_all() {
  bool good = true;
  uint64_t family = 0;
  for (const Benchmark* at = first_benchmark(); at; at = at->next_, ++family) {
    uint64_t index = 0;
    for (const auto* instance = at->first_; instance; instance = instance->next) {
      good &= run(*at, instance->arguments, family, index++);
    }
  }
  if (family == 0) system_.console.text("no benchmark is registered\n");
  if (kernel::hosted::ran_out()) system_.console.text("too many benchmarks or arguments\n");
  good = good && family > 0 && !kernel::hosted::ran_out();
  return good ? wire::Status::pass : wire::Status::fail;
}

/// One measurement. Its cycles are without what measuring takes.
State Runner::measured(const Benchmark& benchmark, Arguments arguments, uint32_t iterations) const {
  State state(iterations, arguments);
  state.error_ = benchmark.fault_;
  if (!state.error_) benchmark.function_(state);
  state.stop();  // where its loop was left early
  if (!state.error_ && !state.started_) state.error_ = "it ran no loop over its State";
  if (!state.error_ && state.counters.dropped())
    state.error_ = "it has more counters than are kept";
  state.cycles_ = state.cycles_ > overhead_ ? state.cycles_ - overhead_ : 0;
  return state;
}

/// Under the counted clock by the cost of one iteration alone, the same on every machine: 1000, or
/// less where so many would take long. Under the host clock so many that they take kMinTicks.
uint32_t Runner::iterations_for(const Benchmark& benchmark, Arguments arguments) const {
  if (benchmark.iterations_) return benchmark.iterations_;
  uint64_t cycles = measured(benchmark, arguments, 1).cycles_;
  if (counted_) return cycles <= 10'000 ? 1000 : cycles <= 100'000 ? 100 : 10;
  const uint64_t wanted = benchmark.min_ticks_ ? benchmark.min_ticks_ : kMinTicks;
  uint64_t iterations = 1;
  while (cycles < wanted && iterations < UINT32_MAX) {
    // A little more than is needed, and never ten times what was tried.
    uint64_t next = iterations * wanted / (cycles ? cycles : 1) * 14 / 10;
    if (next > 10 * iterations) next = 10 * iterations;
    if (next <= iterations) next = iterations + 1;
    iterations = next < UINT32_MAX ? next : UINT32_MAX;
    const State state = measured(benchmark, arguments, static_cast<uint32_t>(iterations));
    if (state.error_) break;
    cycles = state.cycles_;
  }
  return static_cast<uint32_t>(iterations);
}

/// Google Benchmark's name: the benchmark's own, the arguments, and what it was asked to do.
Name Runner::name_of(const Benchmark& benchmark, Arguments arguments) {
  Name name;
  name.text(benchmark.name_);
  for (unsigned i = 0; i < arguments.count; ++i) {
    const bool has_name = i < Benchmark::kMostArguments;
    add_argument(name, has_name ? benchmark.argument_names_[i] : nullptr, arguments.values[i]);
  }
  if (benchmark.min_ticks_) add_seconds(name.text("/min_time:"), benchmark.min_seconds_);
  if (benchmark.iterations_) name.text("/iterations:").number(benchmark.iterations_);
  if (benchmark.repetitions_) name.text("/repeats:").number(benchmark.repetitions_);
  if (benchmark.real_time_) name.text("/real_time");
  return name;
}

/// All repetitions with one choice of arguments. Whether they went well.
bool Runner::run(const Benchmark& benchmark, Arguments arguments, uint64_t family, uint64_t index) {
  const Name name = name_of(benchmark, arguments);
  const uint32_t repetitions = benchmark.repetitions_ ? benchmark.repetitions_ : 1;
  const uint32_t iterations = iterations_for(benchmark, arguments);
  uint64_t cycles = 0, done = 0;
  const char* error = nullptr;
  for (uint32_t repetition = 0; repetition < repetitions && !error; ++repetition) {
    const State state = measured(benchmark, arguments, iterations);
    error = state.error_;
    cycles += state.cycles_;
    if (!error) done += static_cast<uint64_t>(state.iterations());
    system_.console.text(wire::kJson).text(" {\"").text(key::kObject).text("\":");
    JsonObject json(system_.console);
    json.string(key::kName, name.c_str());
    json.number(key::kFamily, family);
    json.number(key::kInstance, index);
    json.number(key::kRepetitions, repetitions);
    json.number(key::kRepetition, repetition);
    tell(json, benchmark, state);
    json.close();
    system_.console.text("}\n");
  }

  const Name on_the_wire = name.on_the_wire();
  const bool good = !error && done > 0;
  system_.emit.test(on_the_wire.c_str(), good ? wire::Status::pass : wire::Status::fail, done,
                    good ? 0 : 1);
  if (!good) return false;
  Name metric = on_the_wire;
  metric.text(key::kPerThousand);
  system_.emit.metric(metric.c_str(), cycles * key::kThousand / done, wire::kCycles);
  return true;
}

void Runner::tell(JsonObject& json, const Benchmark& benchmark, const State& state) const {
  static constexpr const char* kUnits[] = {"ns", "us", "ms", "s"};
  json.string(key::kTimeUnit, kUnits[benchmark.unit_]);
  if (state.label_) json.string(key::kLabel, state.label_);
  if (state.error_) return json.string(key::kError, state.error_);
  json.number(key::kIterations, static_cast<uint64_t>(state.iterations()));
  json.number(key::kCycles, state.cycles_);
  if (state.items_ > 0) json.number(key::kItems, static_cast<uint64_t>(state.items_));
  if (state.bytes_ > 0) json.number(key::kBytes, static_cast<uint64_t>(state.bytes_));
  if (state.counters.begin() == state.counters.end()) return;
  json.key(key::kCounters).text("[");
  for (const UserCounters::Entry& entry : state.counters) {
    system_.console.text(&entry == state.counters.begin() ? "" : ",");
    JsonObject counter(system_.console);
    counter.string(key::kName, entry.name);
    counter.decimal(key::kValue, entry.counter.value);
    counter.number(key::kFlags, entry.counter.flags);
    counter.close();
  }
  system_.console.text("]");
}

}  // namespace benchmark::internal

extern "C" kernel::hosted::Plan hosted_plan() {
  const uint32_t count = benchmark::internal::Runner::count();
  return {count, count};
}

extern "C" wire::Status hosted_run(kernel::System& system) {
  kernel::hosted::start(system);
  return benchmark::internal::Runner(system).run_all();
}
