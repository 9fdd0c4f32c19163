// Logs for tests and benchmarks: a session with a true line count and checksum, written with no
// code of the parser's.
#pragma once

#include <wire/protocol.h>

#include <string>
#include <string_view>

namespace harness {

/// `text` with its checksum behind it, as [END] and [BOOT] have it, and a line end.
inline std::string sealed(std::string text) {
  wire::Crc32 crc;
  crc.add(text.data(), text.size());
  constexpr char kDigits[] = "0123456789ABCDEF";
  text += " crc=";
  for (int shift = 28; shift >= 0; shift -= 4) text += kDigits[crc.value() >> shift & 15];
  return text + "\n";
}

/// Usage: SampleLog log(tests, metrics); log.line("[TIMING] Init: 12 cycles"); log.close("pass").
class SampleLog {
 public:
  SampleLog(unsigned tests, unsigned metrics) {
    line("[BEGIN] protocol=1 image=sample boot=disk tests=" + std::to_string(tests) +
         " metrics=" + std::to_string(metrics));
  }
  SampleLog& line(std::string_view text) {
    text_.append(text).append("\n");
    ++lines_;
    return *this;
  }
  /// So many lines at once, each with its line end.
  SampleLog& lines(std::string_view text, unsigned count) {
    text_.append(text);
    lines_ += count;
    return *this;
  }
  /// The whole session, closed with [END].
  [[nodiscard]] std::string close(std::string_view status) const {
    return sealed(text_ + "[END] status=" + std::string(status) +
                  " lines=" + std::to_string(lines_));
  }
  /// The session so far, without [END].
  [[nodiscard]] const std::string& open() const { return text_; }

 private:
  std::string text_;
  unsigned lines_ = 0;
};

/// A small session with a line of every kind but [PANIC] and [CODE]: 3 tests, 6 metrics.
inline SampleLog sample_session() {
  SampleLog log(3, 6);
  log.line("Sample Unikernel v0.1")
      .line("[TIMING] Init: 1234 cycles")
      .line("[TEST] fibonacci: pass iterations=10 result=55")
      .line("[PROFILE] fibonacci: calls=10 total=9005 self=9005 min=890 avg=900 max=950 cycles")
      .line("[TEST] sum to n: pass iterations=100 result=500500")
      .line("")
      .line("[TEST] primes: skip")
      .line("[PROFILE] primes: calls=5 total=50 min=10 avg=10 max=10 cycles")
      .line("[BENCH] 10000 calls: 80012 cycles (8 cycles/call)")
      .line("[METRIC] profiler.overhead: 24 cycles")
      .line(
          "[MEMORY] heap_used=0 heap_peak=512 heap_largest=262128 heap_total=262144 "
          "stack_used=1184 stack_total=65536 image=13304 bytes")
      .line("[JSON] {\"profile\":[{\"name\":\"fibonacci\",\"calls\":10}]}")
      .line("[TIMING] Total: 56789 cycles");
  return log;
}

/// The three lines of code that comes, moves and goes.
inline SampleLog& add_code(SampleLog& log) {
  return log.line("[CODE] load base=0x1C4E040 size=144 tier=t1 name=sum%20to%20n")
      .line("[CODE] move base=0x1C4E040 to=0x1D00000")
      .line("[CODE] retire base=0x1D00000 size=65536");
}

}  // namespace harness
