#include "power_cuts/write_history.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/sha256.h"
#include "base/text.h"

namespace harness {

WriteHistory::WriteHistory(const DiskLog& log,
                           const std::function<std::string(std::uint64_t)>& before)
    : log_(log) {
  for (std::size_t event = 0; event < log.events.size(); ++event) {
    first_write_.push_back(writes_.size());
    const DiskEvent& one = log.events[event];
    const std::string_view bytes = one.bytes;
    for (std::size_t at = 0; at < bytes.size(); at += kSectorBytes) {
      const std::uint64_t sector = (one.offset + at) / kSectorBytes;
      writes_.push_back({.sector = sector,
                         .event = event,
                         .bytes = bytes.substr(at, kSectorBytes),
                         .durable = one.durable});
      if (!before_.contains(sector)) before_.emplace(sector, before(sector));
    }
  }
  first_write_.push_back(writes_.size());
}

std::size_t WriteHistory::first_pending(std::size_t cut) const {
  for (std::size_t event = cut; event-- > 0;) {
    if (log_.events[event].kind == DiskEvent::Kind::flush) return first_write_[event];
  }
  return 0;
}

SectorContents WriteHistory::contents(const DiskState& state) const {
  SectorContents disk;
  auto lost = state.lost.begin();
  for (std::size_t i = 0; i < first_write_[state.cut]; ++i) {
    if (lost != state.lost.end() && *lost == i) {
      ++lost;
      continue;
    }
    const SectorWrite& write = writes_[i];
    if (state.torn != i) {
      disk[write.sector] = write.bytes;
      continue;
    }
    std::string& content = disk.try_emplace(write.sector, before_.at(write.sector)).first->second;
    const std::size_t half = kSectorBytes / 2, at = state.first_half ? 0 : half;
    content.replace(at, half, write.bytes.substr(at, half));
  }
  std::erase_if(disk, [&](const auto& one) { return before_.at(one.first) == one.second; });
  return disk;
}

std::string disk_identity(const SectorContents& contents) {
  std::string all;
  for (const auto& [sector, bytes] : contents) {
    for (int shift = 0; shift < 64; shift += 8) all += static_cast<char>(sector >> shift);
    all += sha256_bytes_of(bytes);
  }
  return sha256_bytes_of(all);
}

std::string event_text(const DiskEvent& event) {
  if (event.kind == DiskEvent::Kind::flush) return "flush";
  return fmt::format("write of {} at {}{}", count_of(event.bytes.size() / kSectorBytes, "sector"),
                     event.offset / kSectorBytes, event.durable ? ", durable" : "");
}

std::string state_text(const WriteHistory& history, const DiskState& state) {
  constexpr std::size_t kNamed = 6;
  std::vector<std::string> parts;
  if (!state.lost.empty()) {
    std::string text;
    for (std::size_t i = 0; i < std::min(state.lost.size(), kNamed); ++i) {
      const SectorWrite& write = history.writes()[state.lost[i]];
      text +=
          fmt::format("{}sector {} of event {}", i == 0 ? "" : ", ", write.sector, write.event + 1);
    }
    if (state.lost.size() > kNamed) {
      text += fmt::format(" and {} more", grouped(state.lost.size() - kNamed));
    }
    parts.push_back(text + " lost");
  }
  if (state.torn) {
    const SectorWrite& write = history.writes()[*state.torn];
    parts.push_back(fmt::format("only the {} half of sector {} of event {} written",
                                state.first_half ? "first" : "second", write.sector,
                                write.event + 1));
  }
  if (parts.empty()) return "nothing lost";
  return parts.size() == 1 ? parts[0] : parts[0] + "; " + parts[1];
}

std::string fault_of(const DiskLog& log) {
  if (log.overflowed) {
    return fmt::format("it wrote more than is recorded ({}, {})", count_of(kMaxLogEvents, "write"),
                       memory_text(kMaxLogBytes));
  }
  const auto is_write = [](const DiskEvent& e) { return e.kind == DiskEvent::Kind::write; };
  if (std::ranges::none_of(log.events, is_write)) return "it wrote nothing to its first disk";
  const auto is_odd = [](const DiskEvent& event) {
    return event.offset % kSectorBytes != 0 || event.bytes.size() % kSectorBytes != 0;
  };
  if (std::ranges::any_of(log.events, is_odd)) return "it wrote parts of sectors";
  return {};
}

}  // namespace harness
