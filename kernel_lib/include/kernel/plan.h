// [PLAN]: for apps that learn from their data how many lines there will be (wire/plan.h). Header
// alone, so that the library of all other apps stays as it is.
#pragma once

#include <wire/plan.h>
#include <wire/protocol.h>

#include "kernel/console.h"

namespace kernel {

/// So many [TEST] lines, and so many [TIMING], [BENCH], [PROFILE] and [METRIC] lines together, will
/// follow besides those of kernel_app. `out` is the system's console, at the start of a line.
inline void emit_plan(Console& out, uint32_t tests, uint32_t metrics) {
  out.text(wire::kPlan).text(" ").text(wire::field::tests).text("=").decimal(tests);
  out.text(" ").text(wire::field::metrics).text("=").decimal(metrics).newline();
}

}  // namespace kernel
