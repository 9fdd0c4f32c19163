// What is kept of the lines: each value under its name, within limits, and the list of damage.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "model/record.h"
#include "stream/code_ranges.h"
#include "stream/limits.h"
#include "stream/line.h"

namespace harness {

/// Usage: for each line begin_line(), and then what is to be noted of it.
class EventKeeper {
 public:
  explicit EventKeeper(const EventLimits& limits) : limits_(limits) {}

  Events& events() { return events_; }
  [[nodiscard]] const Events& events() const { return events_; }
  /// Of the line at hand, counted from 1; those that are not kept count too.
  [[nodiscard]] std::uint64_t line_number() const { return line_number_; }

  void begin_line(std::string_view text) {
    text_ = text;
    ++line_number_;
  }
  /// Keeps where it stands and when it came.
  void note_place(std::uint64_t offset, std::chrono::nanoseconds at, LineKind kind,
                  bool terminated) {
    if (events_.lines.size() < limits_.lines) {
      if (events_.lines.size() == events_.lines.capacity()) grow_lines();
      Line& line = events_.lines.emplace_back();  // filled in place, not copied
      line.begin = offset;
      line.end = offset + text_.size();
      line.at = at;
      line.protocol = kind != LineKind::text && kind != LineKind::corrupt;
      line.terminated = terminated;
    } else if (line_number_ == limits_.lines + 1) {
      add_damage(kTooManyLines, ProtocolErrorKind::line_limit);
    }
  }
  /// Keeps its values. Not for [BEGIN] and [END], of which the fold knows more.
  void keep(LineKind kind, const LineValues& values);
  /// Of a crash in what the line shows, `at` so many bytes: its beginning, or that of the crash.
  [[nodiscard]] Crash crash_here(std::string_view name, std::string_view shown,
                                 std::size_t at) const;
  void add_damage(std::string_view why, ProtocolErrorKind kind = ProtocolErrorKind::malformed);

  /// Makes room: about so many bytes will come.
  void expect(std::size_t bytes);
  /// Adds what is only known at the end, and gives the events away.
  Events finish() &&;

 private:
  void grow_lines();
  bool has_room(std::size_t bytes);
  void keep_boot(const BeforeKernel& boot);
  void keep_plan(const MorePlanned& more);
  void keep_code(const CodeLine& code);
  void keep_text(std::string_view text, std::vector<std::string>& texts);

  template <class Item, class Key>
  void keep_once(const Item& item, Key Item::* key, std::vector<Item>& items,
                 std::unordered_set<Key>& seen, std::size_t bytes);

  EventLimits limits_;
  Events events_;
  std::uint64_t line_number_ = 0;
  std::string_view text_;  // of the line at hand
  std::uint64_t unlisted_damage_ = 0;
  std::size_t values_kept_ = 0, text_kept_ = 0;
  bool full_ = false, code_full_ = false;
  CodeRanges code_ranges_;
  // A guest that chooses names which share a bucket gains nothing worth having: EventLimits::values
  // bounds their number.
  std::unordered_set<std::string> seen_tests_, seen_timings_, seen_profiles_, seen_metrics_,
      seen_phases_;
  std::unordered_set<std::uint64_t> seen_benches_;
};

}  // namespace harness
