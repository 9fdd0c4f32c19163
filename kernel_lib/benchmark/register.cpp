// What is to be run: filled by constructors of globals, in memory that is never given back. A
// mistake cannot be told here, before the kernel has started: it is kept, and becomes the
// benchmark's error.
#include <benchmark/benchmark.h>

#include "registry.h"

namespace benchmark::internal {
namespace {

using kernel::hosted::allocate_forever;
using kernel::hosted::make_forever;

constexpr double kTicksPerSecond = 1u << 30;  // nominal: a guest does not know its clock's
constexpr unsigned kMostPowers = 64;

Benchmark* first = nullptr;
Benchmark* last = nullptr;

int64_t* room_for(unsigned count) {
  return static_cast<int64_t*>(allocate_forever(count * sizeof(int64_t)));
}

/// Calls `take` with each number of a range: both ends, and the powers between them, with their
/// negatives and 0.
template <class Take>
void for_each_of(int64_t start, int64_t limit, int64_t multiplier, Take take) {
  int64_t powers[kMostPowers];
  unsigned count = 0;
  for (int64_t power = 1;; power *= multiplier) {
    powers[count++] = power;
    if (power > INT64_MAX / multiplier) break;
  }
  take(start);
  for (unsigned i = count; i-- > 0;) {
    if (-powers[i] > start && -powers[i] < limit) take(-powers[i]);
  }
  if (start < 0 && limit > 0) take(0);
  for (unsigned i = 0; i < count; ++i) {
    if (powers[i] > start && powers[i] < limit) take(powers[i]);
  }
  if (start != limit) take(limit);
}

Arguments numbers_of(int64_t start, int64_t limit, int64_t multiplier) {
  unsigned count = 0;
  for_each_of(start, limit, multiplier, [&](int64_t) { ++count; });
  int64_t* values = room_for(count);
  if (values == nullptr) return {};
  int64_t* at = values;
  for_each_of(start, limit, multiplier, [&](int64_t number) { *at++ = number; });
  return {values, count};
}

}  // namespace

Benchmark* first_benchmark() { return first; }

Benchmark* register_benchmark(const char* name, Function* function) {
  static Benchmark nowhere("", nullptr);
  auto* fresh = make_forever<Benchmark>(name, function);
  if (fresh == nullptr) return &nowhere;
  (first ? last->next_ : first) = fresh;
  last = fresh;
  return fresh;
}

void Benchmark::add(Arguments arguments) {
  auto* instance = make_forever<Instance>(arguments, nullptr);
  if (instance == nullptr) return;
  (first_ ? last_->next : first_) = instance;
  last_ = instance;
}

Benchmark* Benchmark::Name(const char* name) {
  name_ = name;
  return this;
}

Benchmark* Benchmark::Args(std::initializer_list<int64_t> arguments) {
  int64_t* values = room_for(static_cast<unsigned>(arguments.size()));
  if (values == nullptr) return this;
  int64_t* at = values;
  for (const int64_t argument : arguments) *at++ = argument;
  add({values, static_cast<unsigned>(arguments.size())});
  return this;
}

Benchmark* Benchmark::Ranges(std::initializer_list<Bounds> ranges) {
  Arguments lists[kMostArguments];
  unsigned total = 1, count = 0;
  for (const Bounds& range : ranges) {
    if (count == kMostArguments) fault_ = "Ranges(): more ranges than there may be arguments";
    if (range.first > range.second) fault_ = "Range(): the limit is below the start";
    if (fault_) break;
    lists[count] = numbers_of(range.first, range.second, multiplier_);
    total *= lists[count++].count;
  }
  // Every combination, the first argument changing fastest.
  for (unsigned i = 0; i < total && !fault_; ++i) {
    int64_t* values = room_for(count);
    if (values == nullptr) break;
    unsigned rest = i;
    for (unsigned list = 0; list < count; ++list) {
      values[list] = lists[list].values[rest % lists[list].count];
      rest /= lists[list].count;
    }
    add({values, count});
  }
  return this;
}

Benchmark* Benchmark::DenseRange(int64_t start, int64_t limit, int step) {
  if (step < 1) fault_ = "DenseRange(): the step must be 1 or more";
  for (int64_t argument = start; argument <= limit && !fault_; argument += step) {
    Arg(argument);
    if (kernel::hosted::ran_out()) break;
  }
  return this;
}

Benchmark* Benchmark::RangeMultiplier(int multiplier) {
  if (multiplier < 2) {
    fault_ = "RangeMultiplier() must be 2 or more";
  } else {
    multiplier_ = multiplier;
  }
  return this;
}

Benchmark* Benchmark::ArgNames(std::initializer_list<const char*> names) {
  unsigned count = 0;
  for (const char* name : names) {
    if (count < kMostArguments) argument_names_[count++] = name;
  }
  return this;
}

Benchmark* Benchmark::Iterations(IterationCount count) {
  if (count < 1 || count > UINT32_MAX) fault_ = "Iterations() must be from 1 to 4294967295";
  iterations_ = static_cast<uint32_t>(count);
  return this;
}

Benchmark* Benchmark::Repetitions(int count) {
  if (count < 1) fault_ = "Repetitions() must be 1 or more";
  repetitions_ = static_cast<uint32_t>(count);
  return this;
}

Benchmark* Benchmark::MinTime(double seconds) {
  if (!(seconds > 0 && seconds < 3600)) {
    fault_ = "MinTime() must be above 0 and below an hour";
    return this;
  }
  min_seconds_ = seconds;
  min_ticks_ = static_cast<uint64_t>(seconds * kTicksPerSecond);
  return this;
}

Benchmark* Benchmark::Unit(TimeUnit unit) {
  unit_ = unit;
  return this;
}

Benchmark* Benchmark::UseRealTime() {
  real_time_ = true;
  return this;
}

}  // namespace benchmark::internal
