// The profiler: where did the cycles go? Sections are integer ids, so the timed region holds no
// string compare; names are looked up when reporting. Nesting and recursion are counted right:
// total time of a section is that of its outermost activations, self time leaves out sections
// inside it. The profiler measures its own cost and subtracts it.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace kernel {

struct ProfileStats {
  const char* name = nullptr;
  uint64_t calls = 0;
  uint64_t total = 0;  // sum over completed calls, overhead subtracted (outermost when recursive)
  uint64_t self = 0;   // total without sections that ran inside
  uint64_t min = 0, max = 0;
  uint32_t histogram[32] = {};  // calls by log2 of their duration; the last takes all above
  uint64_t avg() const { return calls ? total / calls : 0; }
};

class Profiler {
 public:
  static constexpr unsigned kSlots = 16;  // sections
  static constexpr unsigned kDepth = 32;  // open sections at one time

  using Clock = uint64_t (*)();
  explicit Profiler(Clock clock) : clock_(clock) {}

  /// Measures the cost of an empty begin/end pair; subtracted from then on. Call once, early.
  void calibrate();
  uint64_t overhead() const { return overhead_; }

  /// Registers a section; the id, or -1 when the table is full (counted in dropped()).
  int add(const char* name);
  void begin(int id);
  void end(int id);

  unsigned count() const { return count_; }
  const ProfileStats& stats(unsigned index) const { return stats_[index]; }
  uint32_t dropped() const { return dropped_; }        // sections and calls there was no room for
  uint32_t mismatched() const { return mismatched_; }  // end() without its begin()

 private:
  struct Frame {
    uint64_t start = 0;
    uint64_t inside = 0;  // time of sections that ran inside this one
    int id = -1;
  };
  Clock clock_;
  uint64_t overhead_ = 0;
  unsigned count_ = 0, depth_ = 0;
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
