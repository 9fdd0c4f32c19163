// What writer, reader and schema of record.json share beside the lists of fields.h: the keys of
// the two members that have a form of their own, and how types are distinguished.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

inline constexpr char kBoots[] = "boots";
inline constexpr char kSummaries[] = "summaries";  // derived from the boots when written
// How many they were, so that one that was taken away is missed; since that schema.
inline constexpr char kBootsMade[] = "boots_made";
inline constexpr int kBootsMadeSince = 11;

// Serial marks: the differences from one to the next, as two arrays.
inline constexpr char kMarkSizes[] = "sizes";
inline constexpr char kMarkTimes[] = "times_ns";

// The timeline: line number, place in the serial log, time.
inline constexpr char kTimelineLine[] = "line";
inline constexpr char kTimelineBegin[] = "begin";
inline constexpr char kTimelineEnd[] = "end";
inline constexpr char kTimelineAt[] = "at_ns";
// Later lines are left out, so that a reader's memory is bounded.
inline constexpr std::size_t kMaxTimelineLines = 20'000;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_duration = false;
template <class Rep, class Period>
inline constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

/// The inverse of hex8() (stream/crc.h).
inline std::optional<std::uint32_t> parse_hex8(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789ABCDEF").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return value;
}

}  // namespace harness
