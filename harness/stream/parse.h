// One line as a value: read_line() (stream/line.h) with a type of its own for each kind of line.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "model/record.h"
#include "stream/line.h"

namespace harness {

/// A line that is for people.
struct ConsoleText {};
/// A line that starts with a tag of ours and is not well-formed. `why` names the fault.
struct Corrupt {
  std::string why;
};
struct JsonText {
  std::string text;
};
struct PanicText {
  std::string text;
};
using Parsed =
    std::variant<ConsoleText, Corrupt, Begin, MorePlanned, TestResult, Timing, Bench, Profile,
                 Metric, Memory, Phase, BeforeKernel, CodeLine, JsonText, PanicText, End>;

/// read_line() with a value of its own for each kind of line. Never throws; any bytes.
Parsed parse_line(std::string_view line);

}  // namespace harness
