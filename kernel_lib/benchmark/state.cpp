// The measured side: State's clock, and its counters.
#include <benchmark/benchmark.h>
#include <kernel/cpu.h>
#include <string.h>

namespace benchmark {

void State::start() {
  started_ = true;
  if (error_) return;
  running_ = true;
  ResumeTiming();
}

void State::stop() {
  if (!running_) return;
  PauseTiming();
  running_ = false;
}

bool State::keep_running_slowly(uint32_t count) {
  if (!started_) {
    left_ = planned_;
    start();
    if (error_) return false;
    if (left_ >= count) {
      left_ -= count;
      return true;
    }
  }
  if (left_ != 0 && !error_) {  // a last batch that is larger than what is left: all of it is run
    planned_ += count - left_;
    left_ = 0;
    return true;
  }
  stop();
  return false;
}

int64_t State::range(size_t index) const {
  if (index >= arguments_.count)
    kernel::panic("State::range(): the benchmark has no such argument");
  return arguments_.values[index];
}

Counter& UserCounters::operator[](const char* name) {
  for (unsigned i = 0; i < count_; ++i) {
    if (strcmp(entries_[i].name, name) == 0) return entries_[i].counter;
  }
  dropped_ = count_ == kMost;
  if (dropped_) return beyond_.counter;
  entries_[count_].name = name;
  return entries_[count_++].counter;
}

}  // namespace benchmark
