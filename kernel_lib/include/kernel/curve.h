// Numbers that come one after another, for reports to draw (wire/curve.h). Header alone, so that
// the library of all other apps stays as it is. Texts are printable ASCII without '"' and '\'.
#pragma once

#include <stdint.h>

#include <wire/curve.h>
#include <wire/protocol.h>

#include "kernel/console.h"

namespace kernel {

/// A line for each 32 values. `out` is the system's console, at the start of a line.
inline void emit_curve(Console& out, const char* of, const char* unit, const uint64_t* values,
                       uint32_t count) {
  namespace key = wire::curve;
  constexpr uint32_t kValuesOfLine = 32;
  for (uint32_t i = 0; i < count; ++i) {
    if (i % kValuesOfLine == 0) {
      out.text(wire::kJson).text(" {\"").text(key::kObject).text("\":{\"").text(key::kOf);
      out.text("\":\"").text(of).text("\",\"").text(key::kUnit).text("\":\"").text(unit);
      out.text("\",\"").text(key::kValues).text("\":[");
    }
    out.decimal(values[i]);
    const bool last = i + 1 == count || (i + 1) % kValuesOfLine == 0;
    out.text(last ? "]}}\n" : ",");
  }
}

/// What happened before value `at`.
inline void emit_curve_mark(Console& out, const char* of, uint32_t at, const char* text,
                            uint32_t size) {
  namespace key = wire::curve;
  out.text(wire::kJson).text(" {\"").text(key::kObject).text("\":{\"").text(key::kOf);
  out.text("\":\"").text(of).text("\",\"").text(key::kMarks).text("\":[{\"").text(key::kAt);
  out.text("\":").decimal(at).text(",\"").text(key::kText).text("\":\"").text(text, size);
  out.text("\"}]}}\n");
}

}  // namespace kernel
