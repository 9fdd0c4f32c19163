// From bytes to events: split, read each line, collect. The same code runs while the guest does and
// on a saved log.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "model/record.h"
#include "stream/limits.h"
#include "stream/line.h"

namespace harness {

/// Called for each completed line with its text; of one longer than 64 KiB for each piece, with
/// `goes_on` for all but the first.
using OnLine = std::function<void(std::string_view line, LineKind kind, bool goes_on)>;

/// Folds serial bytes into Events as they arrive, in pieces of any size. Memory is bounded: by
/// `limits`, and a line longer than 64 KiB is cut into pieces that are never protocol (and counted
/// as damage).
class EventCollector {
 public:
  /// `on_line` may be empty. `rules`: crashes that the scenario allows, and whether the guest
  /// speaks our protocol at all.
  explicit EventCollector(OnLine on_line = {}, const OutputRules& rules = {},
                          const EventLimits& limits = {});

  /// A hint, before the first add(): about so many bytes will come.
  void expect(std::size_t bytes);
  void add(std::string_view bytes, std::chrono::nanoseconds at);
  /// Whether a completed line says that the guest crashed: [PANIC], or a text of stream/crash.h
  /// that is not allowed. Nothing of interest can follow.
  [[nodiscard]] bool crashed() const;
  /// Ends the stream (an unterminated last line is folded too) and returns the events. Cross-line
  /// faults are added to Events::protocol_errors: line count or CRC that differ from [END]'s, names
  /// that came twice, min > avg, avg > max, total far from calls x avg (more than calls), a second
  /// [BEGIN] or [END], protocol lines after [END], and a limit that was reached.
  Events finish();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// The events of a saved log. `marks` give the lines their times; may be empty. `limits` must be
/// event_limits() of what was left out of the log, so that every reading of it comes to the same.
Events collect_events(std::string_view serial, const std::vector<SerialMark>& marks,
                      const OutputRules& rules = {}, const EventLimits& limits = {});

}  // namespace harness
