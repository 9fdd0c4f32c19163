// The profiler: where did the cycles go? Sections are integer ids, so the timed region holds no
// string compare; names are looked up when reporting.
//
// Recursion: a section that is entered again while it is open is one call. calls, total, min, avg,
// max, first and the histogram are over outermost activations, so they agree with each other
// whatever the section does inside; `activations` counts every one, as in "177 activations in 1
// call". Nesting: self time is total time less the time of other sections that ran inside.
//
// Cost: begin() and end() read the clock once each, begin() as its last act and end() as its first.
// What is left between the two readings (inner_overhead) is taken off the section, and what a whole
// pair costs (overhead) is taken off every section around it.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

struct ProfileStats {
  static constexpr unsigned kBuckets = 32;

  const char* name = nullptr;
  uint64_t calls = 0;        // completed outermost activations
  uint64_t activations = 0;  // completed activations, recursive ones included
  uint64_t total = 0;        // sum over calls, overhead subtracted; never less than self
  uint64_t self = 0;         // total without other sections that ran inside
  uint64_t min = 0, max = 0;
  uint64_t first = 0;  // the first call to be completed, on cold caches; 0: not known, not said
  uint32_t histogram[kBuckets] = {};  // calls by log2 of their duration; the last takes all above
  uint64_t avg() const { return calls ? total / calls : 0; }
};

class Profiler {
 public:
  static constexpr unsigned kSlots = 16;  // sections
  static constexpr unsigned kDepth = 32;  // open sections at one time

  using Clock = uint64_t (*)();
  explicit Profiler(Clock clock) : clock_(clock) {}

  /// Measures the cost of an empty begin/end pair; subtracted from then on. Call once, early: no
  /// section may be open and one slot must be free.
  void calibrate();
  /// What an empty begin/end pair adds to the code around it, and the part of that which falls
  /// between the two clock readings.
  uint64_t overhead() const { return overhead_; }
  uint64_t inner_overhead() const { return inner_overhead_; }

  /// Registers a section; the id, or -1 when the table is full (counted in dropped()). `name` must
  /// live as long as the profiler.
  int add(const char* name);
  /// An id that add() did not give is counted in dropped(), its end() is ignored.
  void begin(int id);
  /// Closes the innermost activation of `id`. Sections opened inside it and not ended are given up
  /// and counted in mismatched(), as is an end() without its begin().
  void end(int id);

  unsigned count() const { return count_; }
  const ProfileStats& stats(unsigned index) const { return stats_[index]; }
  uint32_t dropped() const { return dropped_; }  // sections and activations there was no room for
  uint32_t mismatched() const { return mismatched_; }  // begin() and end() that do not pair up

 private:
  struct Frame {
    uint64_t start = 0;
    uint64_t inside = 0;  // time of sections that ran inside this one
    uint64_t cost = 0;    // what the profiler itself took for them
    int id = 0;
  };
  bool known(int id) const { return static_cast<unsigned>(id) < count_; }
  void give_up_innermost();
  void close_innermost(uint64_t now);

  Clock clock_;
  uint64_t overhead_ = 0, inner_overhead_ = 0;
  unsigned count_ = 0, depth_ = 0;
  unsigned beyond_ = 0;  // activations open now that found no frame
  uint32_t dropped_ = 0, mismatched_ = 0;
  uint16_t open_[kSlots] = {};  // activations of each section on the stack now
  Frame frames_[kDepth];
  ProfileStats stats_[kSlots];
};

/// Times the scope it stands in.
class ProfileScope {
 public:
  ProfileScope(Profiler& profiler, int id) : profiler_(profiler), id_(id) { profiler_.begin(id_); }
  ~ProfileScope() { profiler_.end(id_); }
  ProfileScope(const ProfileScope&) = delete;
  ProfileScope& operator=(const ProfileScope&) = delete;

 private:
  Profiler& profiler_;
  int id_;
};

}  // namespace kernel
