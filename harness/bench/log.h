// The log that the benchmarks read: sessions as a guest prints them, grown to a given size.
#pragma once

#include <string>

#include "stream/log_testing.h"

namespace harness {

/// What unikernel/tinyllama said in one boot, as it came.
// clang-format off
inline const std::string kTinyllamaLog = R"log([BEGIN] protocol=1 image=tinyllama boot=multiboot tests=3 metrics=13
TinyLlama Unikernel v0.1
========================
[TIMING] Init: 3447600 cycles
[TIMING] Time to first test: 4157998 cycles

Test: fibonacci(10)
  Iterations: 10
  First result: 55
[TIMING] fibonacci: 253812 cycles
[PROFILE] fibonacci: calls=10 total=130494 self=130494 min=4394 avg=13049 max=89154 cycles
[TEST] fibonacci: pass iterations=10 result=55

Test: sum_to_n(1000)
  Iterations: 100
  First result: 500500
[TIMING] sum_to_n: 346190 cycles
[PROFILE] sum_to_n: calls=100 total=303732 self=303732 min=2548 avg=3037 max=49270 cycles
[TEST] sum_to_n: pass iterations=100 result=500500

Test: count_primes(100)
  Iterations: 5
  First result: 25
[TIMING] count_primes: 583986 cycles
[PROFILE] count_primes: calls=5 total=579982 self=579982 min=1872 avg=115996 max=558532 cycles
[TEST] count_primes: pass iterations=5 result=25

Benchmark: direct call
  Calls: 10000
[BENCH] 10000 calls: 150566 cycles (15 cycles/call)
[METRIC] bench.raw: 201344 cycles
[METRIC] bench.empty_loop: 50778 cycles
[METRIC] profiler.overhead: 390 cycles
[MEMORY] heap_used=0 heap_peak=128 heap_largest=262128 heap_total=262144 stack_used=632 stack_total=65536 image=13200 bytes
[JSON] {"profile":[{"name":"fibonacci","calls":10,"activations":10,"total":130494,"self":130494,"min":4394,"avg":13049,"max":89154,"histogram":{"12":9,"16":1}},{"name":"sum_to_n","calls":100,"activations":100,"total":303732,"self":303732,"min":2548,"avg":3037,"max":49270,"histogram":{"11":99,"15":1}},{"name":"count_primes","calls":5,"activations":5,"total":579982,"self":579982,"min":1872,"avg":115996,"max":558532,"histogram":{"10":2,"11":1,"13":1,"19":1}}],"overhead":390,"inner_overhead":78,"dropped":0,"mismatched":0}
[TIMING] Total: 11801374 cycles

TinyLlama Unikernel v0.1
========================
  fibonacci(10): 10 iterations, result 55, 13049 cycles each
  sum_to_n(1000): 100 iterations, result 500500, 3037 cycles each
  count_primes(100): 5 iterations, result 25, 115996 cycles each
  Direct call: 15 cycles
  Heap peak: 128 bytes
  Stack used: 632 bytes
  Image: 13200 bytes
  Total: 11801374 cycles
All tests passed.
[END] status=pass lines=48 crc=1A15E568
)log";
// clang-format on

/// A valid session of at least `bytes` bytes: text for people and every kind of line, in about the
/// proportions of a real one, no name twice.
inline std::string session_of(std::size_t bytes) {
  std::string body;
  unsigned sections = 0;
  for (; body.size() < bytes; ++sections) {
    const unsigned i = sections;
    const std::string n = std::to_string(i);
    body += "Running section " + n + " of the validation list\n";
    body += "[TIMING] Section " + n + ": 123456 cycles\n";
    body += "[TEST] fibonacci/" + n + ": pass iterations=10 result=55\n";
    body += "  iterations: 10   first result: 55   status: ok\n";
    body += "[PROFILE] fibonacci/" + n +
            ": calls=10 total=90005 self=90005 min=8900 avg=9000 max=9500 cycles\n";
    body += "[BENCH] " + std::to_string(10'000 + i) + " calls: 800120 cycles (" +
            std::to_string(800'120 / (10'000 + i)) + " cycles/call)\n";
    body += "[METRIC] profiler.overhead/" + n + ": 24 cycles\n";
    body += "[JSON] {\"section\":" + n + ",\"histogram\":[0,0,1,9,0],\"name\":\"fibonacci\"}\n";
  }
  SampleLog log(sections, 4 * sections);
  log.lines(body, 8 * sections);
  return log.close("pass");
}

}  // namespace harness
