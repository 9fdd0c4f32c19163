// Whatever the four signals say: a pass is never given lightly, and every other verdict has a
// reason.
#include <chrono>
#include <string>

#include "fuzz/fuzz.h"
#include "fuzz/require.h"
#include "model/verdict.h"
#include "page/harmless_testing.h"
#include "record/classify.h"
#include "stream/collector.h"
#include "stream/crc.h"

namespace harness::fuzz {
namespace {

/// Closes a log that starts with [BEGIN] as the guest would: [END] that fits.
void close(std::string& log, unsigned status) {
  if (!log.ends_with('\n')) log += '\n';
  std::size_t lines = 0;
  for (const char c : log) lines += c == '\n' ? 1 : 0;
  log += "[END] status=" + std::string(wire::kStatusNames[status % 3]) +
         " lines=" + std::to_string(lines);
  wire::Crc32 crc;
  crc.add(log.data(), log.size());
  log += " crc=" + hex8(crc.value()) + "\n";
}

Trace trace_of(Input& input) {
  Trace trace;
  const unsigned what = input.byte();
  trace.started = what % 2 == 0;
  if ((what & 2) == 0) trace.exit_status = static_cast<int>(input.byte());
  if ((what & 4) != 0) trace.exit_signal = static_cast<int>(input.byte());
  if ((what & 8) != 0) trace.shutdown_reason = input.string();
  trace.shutdown_by_guest = (what & 16) != 0;
  if ((what & 32) != 0) trace.stop = static_cast<StopReason>(input.byte() % 6);
  if ((what & 64) != 0) trace.stderr_text = input.string();
  if ((what & 128) != 0) trace.command = {"qemu-system-i386"};
  trace.wall = std::chrono::nanoseconds(input.number() >> 1);
  return trace;
}

}  // namespace

int fuzz_verdict(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  Trace trace = trace_of(input);
  const unsigned closing = input.byte();
  trace.serial = input.rest();
  if (closing % 4 != 3) close(trace.serial, closing);
  const Events events = collect_events(trace.serial, {});
  const Verdict verdict = classify(trace, events);

  require((verdict.kind == VerdictKind::pass) == verdict.reason.empty(),
          "every verdict but a pass has a reason");
  require(harm_in(verdict.reason).empty(), "a reason is harmless text", verdict.reason);
  if (verdict.kind != VerdictKind::pass) return 0;
  require(trace.started && !trace.exit_signal && trace.stop == StopReason::none,
          "a pass was started and not stopped");
  require(!trace.exit_status || *trace.exit_status == wire::process_status(wire::Exit::pass),
          "a pass ends with the pass value");
  require(trace.exit_status || trace.command.empty(), "only a bare log passes without a process");
  require(events.begin && events.end && events.protocol_errors.empty() && events.panics.empty() &&
              !events.crash,
          "a pass has a whole log");
  require(events.end->status == wire::Status::pass, "a pass was said");
  require(events.tests.size() == events.begin->tests, "a pass kept its plan");
  for (const TestResult& test : events.tests) {
    require(test.status != wire::Status::fail, "a pass has no failed test");
  }
  return 0;
}

}  // namespace harness::fuzz
