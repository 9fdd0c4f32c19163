// What one line says, in a form that costs nothing to fill again and again: the fold reads a
// million lines into one LineValues and copies only what it keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/record.h"

namespace harness {

enum class LineKind : std::uint8_t {
  text,     // for people
  corrupt,  // starts with a tag of ours and is not well-formed
  begin,
  plan,
  test,
  timing,
  bench,
  profile,
  metric,
  memory,
  phase,
  boot,
  code,
  json,
  panic,
  end,
};

/// [PLAN]: what is added to the plan of [BEGIN].
struct MorePlanned {
  std::uint64_t tests = 0, metrics = 0;
};

/// [BOOT]: what ran before the kernel.
struct BeforeKernel {
  std::uint64_t firmware = 0;
  std::optional<std::uint64_t> boot_sector;
};

/// The values of the line read last; only those of its kind mean anything.
struct LineValues {
  Begin begin;
  MorePlanned plan;
  TestResult test;
  Timing timing;
  Bench bench;
  Profile profile;
  Metric metric;
  Memory memory;
  Phase phase;
  BeforeKernel boot;
  CodeLine code;
  End end;
  std::string_view rest;  // of [JSON] and [PANIC]: what follows the tag, in the line itself
  std::string why;        // of a corrupt line: the fault
};

/// Reads one line (no line end in it) into `values`. Each line stands alone. Never throws for what
/// the line holds; any bytes.
LineKind read_line(std::string_view line, LineValues& values);

}  // namespace harness
