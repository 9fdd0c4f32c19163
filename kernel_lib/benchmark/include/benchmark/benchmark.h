// Google Benchmark's interface for guests: a source that includes <benchmark/benchmark.h> measures
// on the host with Google Benchmark and in a unikernel with this. Names and meanings are those of
// its user guide (version 1.7.1); docs/SDK.md lists what is not here.
//
// What differs: time is the time stamp counter. Under the counted clock that is instructions; a
// benchmark then runs a fixed number of iterations (runner.cpp) and its figure is exact. Under the
// host clock iterations are raised until a run takes 2^24 ticks (or what MinTime() asks for, a
// second taken as 2^30 ticks, for a guest does not know the frequency).
//
// What one measurement costs of itself, as an empty loop tells, is taken off; what the loop costs
// for each iteration (two instructions) is not, as in Google Benchmark.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <initializer_list>

#include <kernel/cpu.h>

namespace benchmark {

using IterationCount = int64_t;

enum TimeUnit { kNanosecond, kMicrosecond, kMillisecond, kSecond };

/// Makes a value needed, so that the work for it cannot be left out. A value that may change is
/// also unknown afterwards, so that work on it cannot be done at compile time.
template <class T>
[[gnu::always_inline]] inline void DoNotOptimize(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}
template <class T>
[[gnu::always_inline]] inline void DoNotOptimize(T& value) {
  if constexpr (sizeof(T) <= sizeof(uintptr_t) && __is_trivially_copyable(T)) {
    asm volatile("" : "+r,m"(value) : : "memory");
  } else {
    asm volatile("" : "+m"(value) : : "memory");
  }
}
/// What stands in memory counts as read and changed.
[[gnu::always_inline]] inline void ClobberMemory() { asm volatile("" : : : "memory"); }

class Counter {
 public:
  enum Flags : uint32_t {
    kDefaults = 0,
    kIsRate = 1u << 0,
    kAvgThreads = 1u << 1,
    kAvgThreadsRate = kIsRate | kAvgThreads,
    kIsIterationInvariant = 1u << 2,
    kIsIterationInvariantRate = kIsRate | kIsIterationInvariant,
    kAvgIterations = 1u << 3,
    kAvgIterationsRate = kIsRate | kAvgIterations,
    kInvert = 1u << 31,
  };
  enum OneK { kIs1000 = 1000, kIs1024 = 1024 };

  Counter(double v = 0, Flags f = kDefaults, OneK k = kIs1000) : value(v), flags(f), oneK(k) {}
  operator double&() { return value; }
  operator const double&() const { return value; }

  double value;
  Flags flags;
  OneK oneK;  // for people; JSON does not have it
};
constexpr Counter::Flags operator|(Counter::Flags a, Counter::Flags b) {
  return static_cast<Counter::Flags>(static_cast<uint32_t>(a) | static_cast<uint32_t>(b));
}

/// Counters by name. Names must live as long as the benchmark; there is room for kMost.
class UserCounters {
 public:
  static constexpr unsigned kMost = 8;
  struct Entry {
    const char* name = nullptr;
    Counter counter;
  };
  /// Where there is no room left, a counter that is not reported; dropped() tells.
  Counter& operator[](const char* name);
  const Entry* begin() const { return entries_; }
  const Entry* end() const { return entries_ + count_; }
  bool dropped() const { return dropped_; }

 private:
  Entry entries_[kMost], beyond_;
  unsigned count_ = 0;
  bool dropped_ = false;
};

namespace internal {
class Benchmark;
class Runner;
/// Numbers that a constructor made, for good; as large as they must be.
struct Arguments {
  const int64_t* values = nullptr;
  unsigned count = 0;
};
}  // namespace internal

/// Given to a benchmark, which runs its loop over it once.
class State {
 public:
  class Iterator {
   public:
    struct [[maybe_unused]] Value {};
    explicit Iterator(State* state, uint32_t left) : left_(left), state_(state) {}
    Value operator*() const { return {}; }
    [[gnu::always_inline]] Iterator& operator++() {
      --left_;
      return *this;
    }
    [[gnu::always_inline]] bool operator!=(const Iterator&) const {
      if (__builtin_expect(left_ != 0, true)) return true;
      state_->stop();
      return false;
    }

   private:
    uint32_t left_;
    State* state_;
  };
  [[gnu::always_inline]] Iterator begin() {
    start();
    return Iterator(this, error_ ? 0 : planned_);
  }
  [[gnu::always_inline]] Iterator end() { return Iterator(this, 0); }
  [[gnu::always_inline]] bool KeepRunning() { return KeepRunningBatch(1); }
  /// True while iterations are left; the loop does `count` of them each time.
  [[gnu::always_inline]] bool KeepRunningBatch(IterationCount count) {
    if (__builtin_expect(left_ >= static_cast<uint32_t>(count), true)) {
      left_ -= static_cast<uint32_t>(count);
      return true;
    }
    return keep_running_slowly(static_cast<uint32_t>(count));
  }

  /// What stands between these is not measured. Each pair adds the cost of reading the clock.
  void PauseTiming() { cycles_ += x86::read_tsc_ordered() - since_; }
  void ResumeTiming() { since_ = x86::read_tsc_ordered(); }

  /// The benchmark fails with this message, which must live until it has ended; its loop ends,
  /// where it is a range-for by `break`.
  void SkipWithError(const char* message) {
    if (!error_) error_ = message;
    left_ = 0;
    if (running_) stop();
  }
  bool error_occurred() const { return error_ != nullptr; }

  int64_t range(size_t index = 0) const;
  int64_t range_x() const { return range(0); }
  int64_t range_y() const { return range(1); }
  IterationCount iterations() const { return started_ ? planned_ - left_ : 0; }
  const IterationCount max_iterations;

  void SetItemsProcessed(int64_t items) { items_ = items; }
  int64_t items_processed() const { return items_; }
  void SetBytesProcessed(int64_t bytes) { bytes_ = bytes; }
  int64_t bytes_processed() const { return bytes_; }
  /// Must live until the benchmark has ended.
  void SetLabel(const char* label) { label_ = label; }
  int threads() const { return 1; }
  int thread_index() const { return 0; }

  UserCounters counters;

 private:
  friend class internal::Runner;
  State(uint32_t iterations, internal::Arguments arguments)
      : max_iterations(iterations), planned_(iterations), arguments_(arguments) {}
  void start();
  void stop();
  bool keep_running_slowly(uint32_t count);

  uint32_t planned_, left_ = 0;
  uint64_t since_ = 0, cycles_ = 0;
  bool started_ = false, running_ = false;
  const char* error_ = nullptr;
  const char* label_ = nullptr;
  int64_t items_ = 0, bytes_ = 0;
  internal::Arguments arguments_;
};

using Function = void(State&);

namespace internal {

/// One BENCHMARK(): a function and what it is to be run with. Methods add to it and return it.
class Benchmark {
 public:
  Benchmark(const char* name, Function* function) : name_(name), function_(function) {}

  Benchmark* Name(const char* name);
  Benchmark* Arg(int64_t argument) { return Args({argument}); }
  Benchmark* Args(std::initializer_list<int64_t> arguments);
  /// From start to limit, both included where a power of the multiplier (8) falls on them or not.
  Benchmark* Range(int64_t start, int64_t limit) { return Ranges({{start, limit}}); }
  struct Bounds {
    int64_t first, second;
  };
  Benchmark* Ranges(std::initializer_list<Bounds> ranges);
  Benchmark* DenseRange(int64_t start, int64_t limit, int step = 1);
  Benchmark* RangeMultiplier(int multiplier);
  Benchmark* ArgName(const char* name) { return ArgNames({name}); }
  Benchmark* ArgNames(std::initializer_list<const char*> names);
  Benchmark* Iterations(IterationCount count);
  Benchmark* Repetitions(int count);
  Benchmark* MinTime(double seconds);
  Benchmark* Unit(TimeUnit unit);
  Benchmark* Apply(void (*change)(Benchmark*)) {
    change(this);
    return this;
  }
  // All time is real time here.
  Benchmark* UseRealTime();
  Benchmark* MeasureProcessCPUTime() { return this; }

 private:
  friend class Runner;
  friend Benchmark* register_benchmark(const char* name, Function* function);
  struct Instance {
    Arguments arguments;
    Instance* next;
  };
  void add(Arguments arguments);

  static constexpr unsigned kMostArguments = 4;
  const char* name_;
  Function* function_;
  Instance* first_ = nullptr;
  Instance* last_ = nullptr;
  const char* argument_names_[kMostArguments] = {};
  int multiplier_ = 8;
  uint32_t iterations_ = 0;  // 0: the runner decides
  uint32_t repetitions_ = 0;
  uint64_t min_ticks_ = 0;
  double min_seconds_ = 0;
  bool real_time_ = false;
  TimeUnit unit_ = kNanosecond;
  const char* fault_ = nullptr;  // why it cannot be run
  Benchmark* next_ = nullptr;
};

/// Adds it to the list of all. Never nullptr: where there is no room for one more, one that is not
/// run; the run then fails.
Benchmark* register_benchmark(const char* name, Function* function);

}  // namespace internal

/// For constructors of globals: once the kernel has started it is too late.
inline internal::Benchmark* RegisterBenchmark(const char* name, Function* function) {
  return internal::register_benchmark(name, function);
}

}  // namespace benchmark

// NOLINTBEGIN(bugprone-macro-parentheses): names and types, which parentheses would break
#define UK_BENCHMARK_JOIN2(a, b) a##b
#define UK_BENCHMARK_JOIN(a, b) UK_BENCHMARK_JOIN2(a, b)
#define UK_BENCHMARK_REGISTER(name, ...)                                       \
  [[maybe_unused]] static ::benchmark::internal::Benchmark* UK_BENCHMARK_JOIN( \
      uk_benchmark_, __COUNTER__) = (::benchmark::internal::register_benchmark(name, __VA_ARGS__))

#define BENCHMARK(...) UK_BENCHMARK_REGISTER(#__VA_ARGS__, __VA_ARGS__)
#define BENCHMARK_TEMPLATE(function, ...) \
  UK_BENCHMARK_REGISTER(#function "<" #__VA_ARGS__ ">", function<__VA_ARGS__>)
#define BENCHMARK_TEMPLATE1(function, a) UK_BENCHMARK_REGISTER(#function "<" #a ">", function<a>)
#define BENCHMARK_TEMPLATE2(function, a, b) \
  UK_BENCHMARK_REGISTER(#function "<" #a "," #b ">", function<a, b>)
#define BENCHMARK_CAPTURE(function, test_case, ...) \
  UK_BENCHMARK_REGISTER(#function "/" #test_case,   \
                        [](::benchmark::State& state) { function(state, __VA_ARGS__); })
// The library has the main program.
#define BENCHMARK_MAIN() static_assert(true)
// NOLINTEND(bugprone-macro-parentheses)
