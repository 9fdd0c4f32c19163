// The log that the benchmarks read: sessions as a guest prints them, grown to a given size.
#pragma once

#include <string>

#include "stream/sample_log.h"

namespace harness {

/// A valid session of at least `bytes` bytes: text for people and every kind of line, in about the
/// proportions of a real one, no name twice.
inline std::string session_of(std::size_t bytes) {
  SampleLog log(0, 0);
  for (unsigned i = 0; log.open().size() < bytes; ++i) {
    const std::string n = std::to_string(i);
    log.line("Running section " + n + " of the validation list")
        .line("[TIMING] Section " + n + ": 123456 cycles")
        .line("[TEST] fibonacci/" + n + ": pass iterations=10 result=55")
        .line("  iterations: 10   first result: 55   status: ok")
        .line("[PROFILE] fibonacci/" + n +
              ": calls=10 total=90005 self=90005 min=8900 avg=9000 max=9500 cycles")
        .line("[BENCH] " + std::to_string(10'000 + i) + " calls: 800120 cycles (" +
              std::to_string(800'120 / (10'000 + i)) + " cycles/call)")
        .line("[METRIC] profiler.overhead/" + n + ": 24 cycles")
        .line("[JSON] {\"section\":" + n + ",\"histogram\":[0,0,1,9,0],\"name\":\"fibonacci\"}");
  }
  return log.close("pass");
}

}  // namespace harness
