// What was made of what, for reports to draw (wire/stage.h). Header alone, so that the library of
// all other apps stays as it is.
#pragma once

#include <stdint.h>

#include <wire/protocol.h>
#include <wire/stage.h>

#include "kernel/console.h"

namespace kernel {

/// Texts are printable ASCII without '"' and '\'; nullptr and 0: not said.
struct Stage {
  const char* name = "";
  const char* what = nullptr;
  const char* by = nullptr;
  const char* from = nullptr;
  uint64_t ticks = 0;
  uint64_t bytes = 0;
  const char* sha256 = nullptr;
};

/// `out` is the system's console, at the start of a line.
inline void emit_stage(Console& out, const Stage& stage) {
  namespace key = wire::stage;
  const auto string = [&](const char* name, const char* text) {
    if (text != nullptr) out.text("\"").text(name).text("\":\"").text(text).text("\"");
  };
  const auto more = [&](const char* name, const char* text) {
    if (text != nullptr) out.text(",");
    string(name, text);
  };
  const auto number = [&](const char* name, uint64_t value) {
    if (value != 0) out.text(",\"").text(name).text("\":").decimal(value);
  };
  out.text(wire::kJson).text(" {\"").text(key::kObject).text("\":{");
  string(key::kName, stage.name);
  more(key::kWhat, stage.what);
  more(key::kBy, stage.by);
  more(key::kFrom, stage.from);
  number(key::kTicks, stage.ticks);
  number(key::kBytes, stage.bytes);
  more(key::kSha256, stage.sha256);
  out.text("}}\n");
}

}  // namespace kernel
