// From bytes to events: split → parse → fold. The same code runs while the guest does and on a
// saved log.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "record/record.h"

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
using Parsed = std::variant<ConsoleText, Corrupt, Begin, TestResult, Timing, Bench, Profile, Metric,
                            Memory, JsonText, PanicText, End>;

/// Parses one line (no line end in it). Each line stands alone. Never throws; any bytes.
Parsed parse_line(std::string_view line);

/// Folds serial bytes into Events as they arrive, in pieces of any size. Memory is bounded by the
/// caller's limit on the bytes; a line longer than 64 KiB is cut into pieces that are never
/// protocol (and counted as damage).
class EventFolder {
 public:
  /// `on_line` is called for each completed line with its text; used for live output and to stop
  /// at [PANIC]. May be empty.
  explicit EventFolder(std::function<void(std::string_view line, const Parsed&)> on_line = {});

  void add(std::string_view bytes, std::chrono::nanoseconds at);
  /// Ends the stream (an unterminated last line is folded too) and returns the events. Cross-line
  /// faults are added to Events::damage: line count or CRC that differ from [END]'s, names that
  /// came twice, min > avg, avg > max, total far from calls x avg (more than calls), a second
  /// [BEGIN] or [END], protocol lines after [END].
  Events finish();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The events of a saved log. `marks` give the lines their times; may be empty.
Events fold(std::string_view serial, const std::vector<SerialMark>& marks);

}  // namespace harness
