// Traces of boots that ended in one way or another, for tests of what becomes of them.
#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "model/verdict.h"
#include "record/classify.h"
#include "stream/collector.h"

namespace harness {

/// A boot that ended by itself with a debug-exit value.
inline Trace ended(wire::Exit value, std::string serial) {
  Trace trace;
  trace.command = {"qemu-system-i386"};
  trace.started = true;
  trace.exit_status = wire::process_status(value);
  trace.serial = std::move(serial);
  return trace;
}
/// A boot that QEMU left with status 0, for the reason given.
inline Trace left(const char* reason, std::string serial, bool by_guest = true) {
  Trace trace = ended(wire::Exit::pass, std::move(serial));
  trace.exit_status = 0;
  trace.shutdown_reason = reason;
  trace.shutdown_by_guest = by_guest;
  return trace;
}
/// A boot that the harness ended.
inline Trace stopped(StopReason stop, std::string serial) {
  Trace trace = ended(wire::Exit::pass, std::move(serial));
  trace.exit_status.reset();
  trace.exit_signal = SIGKILL;
  trace.stop = stop;
  trace.wall = std::chrono::milliseconds(3000);
  return trace;
}
template <class Change>
inline Trace changed(Trace trace, Change change) {
  change(trace);
  return trace;
}
inline std::string without(std::string log, const std::string& part) {
  const std::size_t at = log.find(part);
  if (at == std::string::npos) {
    ADD_FAILURE() << "not in the log: " << part;
    return log;
  }
  return log.erase(at, part.size());
}

struct Case {
  const char* what;
  Trace trace;
  VerdictKind kind;
  std::string reason;
};

inline void expect(const std::vector<Case>& cases, const OutputRules& rules = {}) {
  for (const Case& test : cases) {
    const Verdict verdict =
        classify(test.trace, collect_events(test.trace.serial, {}, rules), rules);
    EXPECT_EQ(verdict_name(verdict.kind), verdict_name(test.kind)) << test.what;
    EXPECT_EQ(verdict.reason, test.reason) << test.what;
  }
}

}  // namespace harness
