// The emitter: writes the lines of wire/protocol.h through a console, keeping the line count and
// the checksum of all that passes (text of the app included) from begin() to end().
#pragma once

#include <wire/protocol.h>

#include "kernel/console.h"
#include "kernel/profile.h"

namespace kernel {

struct MemoryReport {
  uint64_t heap_used, heap_peak, heap_largest, heap_total, stack_used, stack_total, image;
};

/// A TextSink that stands in front of the real one and counts. The app's Console writes here too.
class CountingSink final : public TextSink {
 public:
  explicit CountingSink(TextSink& real) : real_(&real) {}
  void write(const char* bytes, size_t size) override;
  void set_color(Color foreground) override { real_->set_color(foreground); }
  void start();  // count from here
  uint32_t lines() const { return lines_; }
  uint32_t crc() const { return crc_.value(); }
  bool at_line_start() const { return at_line_start_; }

 private:
  TextSink* real_;
  wire::Crc32 crc_;
  uint32_t lines_ = 0;
  bool at_line_start_ = true;
};

/// Each function writes one line. A line of text that the app left open is ended first, so that a
/// tag always stands at the first byte of its line.
class Emitter {
 public:
  /// `clock`: the time stamp counter, read once, when the first test() has been written; or none.
  explicit Emitter(CountingSink& sink, uint64_t (*clock)() = nullptr)
      : sink_(&sink), out_(sink), clock_(clock) {}

  void begin(const char* image, wire::BootPath path, uint32_t tests, uint32_t metrics);
  void test(const char* name, wire::Status status, uint64_t iterations, uint64_t result);
  void timing(const char* name, uint64_t cycles);
  void bench(uint64_t calls, uint64_t cycles);  // cycles per call are computed here, truncated
  void profile(const ProfileStats& stats);
  void metric(const char* name, uint64_t value, const char* unit);
  void memory(const MemoryReport& report);
  void phase(const char* name, uint64_t cycles);  // a duration; names: wire::phase
  /// Returns what it wrote: `status`, or fail where a test failed.
  wire::Status end(wire::Status status);
  /// What came before the kernel, after end(): with its own checksum. `boot_sector` 0: there was
  /// none of ours.
  void boot(uint64_t firmware, uint64_t boot_sector);

  /// When the first test was written, by the clock; 0 before, and without a clock.
  [[nodiscard]] uint64_t first_test() const { return first_test_; }

  /// [JSON] with all slots of the profiler, their histograms (only buckets that hold a call, by
  /// log2), its overhead and what it dropped.
  void profile_json(const Profiler& profiler);

 private:
  void open(const char* tag);
  void field(const char* name, uint64_t value);
  void field(const char* name, const char* value);
  void named(const char* tag, const char* name);
  void value(uint64_t number, const char* unit);
  void json_string(const char* s);
  void json_member(const char* name, uint64_t number);

  CountingSink* sink_;
  Console out_;
  uint64_t (*clock_)();
  uint64_t first_test_ = 0;
  bool failed_ = false;  // a test did
};

}  // namespace kernel
