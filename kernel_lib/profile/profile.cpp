#include "kernel/profile.h"

namespace kernel {
namespace {

constexpr int kCalibrationRounds = 16;

unsigned bucket_of(uint64_t duration) {
  if (duration >> (ProfileStats::kBuckets - 1)) return ProfileStats::kBuckets - 1;
  const auto low = static_cast<uint32_t>(duration);
  return low ? 31 - static_cast<unsigned>(__builtin_clz(low)) : 0;
}

uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }

void count_call(ProfileStats& stats, uint64_t duration) {
  if (stats.calls == 0) {
    stats.first = stats.min = duration;
  } else if (duration < stats.min) {
    stats.min = duration;
  }
  if (duration > stats.max) stats.max = duration;
  ++stats.calls;
  stats.total += duration;
  ++stats.histogram[bucket_of(duration)];
}

}  // namespace

void Profiler::calibrate() {
  const int id = add("");
  if (id < 0 || depth_ != 0) return;
  overhead_ = inner_overhead_ = 0;
  // The least of several rounds: the first ones run on cold caches, or wait for a translator.
  uint64_t clock_cost = UINT64_MAX, pair = UINT64_MAX;
  for (int round = 0; round < kCalibrationRounds; ++round) {
    const uint64_t start = clock_();
    const uint64_t after_clock = clock_();
    begin(id);
    end(id);
    const uint64_t after_pair = clock_();
    clock_cost = smaller(clock_cost, after_clock - start);
    pair = smaller(pair, after_pair - after_clock);
  }
  overhead_ = pair > clock_cost ? pair - clock_cost : 0;
  inner_overhead_ = stats_[id].min;
  stats_[--count_] = {};
}

int Profiler::add(const char* name) {
  if (count_ == kSlots) {
    ++dropped_;
    return -1;
  }
  stats_[count_].name = name;
  return static_cast<int>(count_++);
}

// begin() and end() stay calls, so that calibrate() measures what every user pays.
[[gnu::noinline]] void Profiler::begin(int id) {
  if (!known(id)) {
    ++dropped_;
    return;
  }
  if (depth_ == kDepth) {
    ++dropped_;
    ++beyond_;
    return;
  }
  ++open_[id];
  Frame& frame = frames_[depth_++];
  frame.id = id;
  frame.inside = frame.cost = 0;
  frame.start = clock_();
}

[[gnu::noinline]] void Profiler::end(int id) {
  const uint64_t now = clock_();
  if (!known(id)) return;
  if (beyond_) {  // ends come in the reverse order of begins: this one belongs to a dropped begin
    --beyond_;
    return;
  }
  if (!open_[id]) {
    ++mismatched_;
    return;
  }
  while (frames_[depth_ - 1].id != id) give_up_innermost();
  close_innermost(now);
}

/// Drops an activation whose end() never came; what ran inside it now ran inside the next one out.
void Profiler::give_up_innermost() {
  const Frame& frame = frames_[--depth_];
  Frame& outer = frames_[depth_ - 1];
  outer.inside += frame.inside;
  outer.cost += frame.cost;
  --open_[frame.id];
  ++mismatched_;
}

void Profiler::close_innermost(uint64_t now) {
  const Frame& frame = frames_[--depth_];
  const uint64_t raw = now - frame.start;
  const uint64_t cost = frame.cost + inner_overhead_;
  uint64_t duration = raw > cost ? raw - cost : 0;
  // The cost is an estimate. Whatever its error, no section lasts less than what ran inside it:
  // this is what keeps self <= total.
  if (duration < frame.inside) duration = frame.inside;

  ProfileStats& stats = stats_[frame.id];
  ++stats.activations;
  stats.self += duration - frame.inside;
  if (depth_ > 0) {
    Frame& outer = frames_[depth_ - 1];
    outer.inside += duration;
    outer.cost += frame.cost + overhead_;
  }
  if (--open_[frame.id] == 0) count_call(stats, duration);
}

}  // namespace kernel
