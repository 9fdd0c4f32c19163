// [CODE]: for apps that make machine code and tell of it (wire/protocol.h). Header alone, so that
// the library of all other apps stays as it is.
#pragma once

#include <wire/protocol.h>

#include "kernel/console.h"

namespace kernel {

inline Console& code_line(Console& out, const char* kind, uint64_t base) {
  out.text(wire::kCode).text(" ").text(kind).text(" ").text(wire::field::base).text("=0x");
  return out.hex(base);
}

/// [base, base + size) is a function from now on. `out` is the system's console, at the start of a
/// line, as in the two below; `name` may hold any bytes.
inline void emit_code_load(Console& out, uint64_t base, uint64_t size, const char* tier,
                           const char* name, size_t name_size) {
  char written[wire::kCodeNameBytes];
  const size_t used = wire::code_name(name, name_size, written);
  code_line(out, wire::kCodeLoad, base).text(" ").text(wire::field::size).text("=").decimal(size);
  out.text(" ").text(wire::field::tier).text("=").text(tier);
  out.text(" ").text(wire::field::name).text("=").text(written, used).newline();
}

/// The function that begins at `base` begins at `to`.
inline void emit_code_move(Console& out, uint64_t base, uint64_t to) {
  code_line(out, wire::kCodeMove, base).text(" ").text(wire::field::to).text("=0x").hex(to);
  out.newline();
}

/// All functions in [base, base + size) are gone. There must be one.
inline void emit_code_retire(Console& out, uint64_t base, uint64_t size) {
  code_line(out, wire::kCodeRetire, base).text(" ").text(wire::field::size).text("=");
  out.decimal(size).newline();
}

}  // namespace kernel
