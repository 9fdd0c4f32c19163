// Write histories for tests, in words.
#pragma once

#include <string>
#include <string_view>

#include "power_cuts/write_history.h"

namespace harness {

/// "1a 2b 3cd | 1e": writes, each a sector and the letters that fill it and the sectors behind it;
/// "|" is a flush, "|2" one that came when the two events before it had no answer yet, and "!"
/// before a write makes it durable. What was there before are dots.
inline DiskLog log_of(std::string_view words) {
  DiskLog log{.events = {}, .disk_bytes = 1 << 20};
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    std::string_view word = words.substr(at, end - at);
    at = end + 1;
    DiskEvent event{.bytes = {}, .said = 10 * (log.events.size() + 1)};
    if (word.starts_with('|')) {
      event.kind = DiskEvent::Kind::flush;
      if (word.size() > 1) event.unanswered = static_cast<std::uint64_t>(word[1] - '0');
    } else {
      event.durable = word.starts_with('!');
      if (event.durable) word.remove_prefix(1);
      event.offset = static_cast<std::uint64_t>(word[0] - '0') * kSectorBytes;
      for (const char c : word.substr(1)) event.bytes += std::string(kSectorBytes, c);
    }
    log.events.push_back(event);
  }
  return log;
}

inline std::string dots(std::uint64_t) { return std::string(kSectorBytes, '.'); }

/// "1a 2b 3.c": the sectors that differ, each by the letter that fills it; two where its halves
/// differ.
inline std::string words_of(const SectorContents& contents) {
  std::string words;
  for (const auto& [sector, bytes] : contents) {
    words += (words.empty() ? "" : " ") + std::to_string(sector) + bytes[0];
    if (bytes.back() != bytes[0]) words += bytes.back();
  }
  return words;
}

}  // namespace harness
