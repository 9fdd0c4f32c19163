#include "power_cuts/write_history.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/format.h"
#include "base/sha256.h"
#include "base/text.h"

namespace harness {

WriteHistory::WriteHistory(const DiskLog& log,
                           const std::function<std::string(std::uint64_t)>& before,
                           std::optional<std::uint64_t> atomic)
    : log_(log), atomic_(atomic) {
  const std::uint64_t piece = atomic.value_or(kSectorBytes);
  std::size_t durable = 0;  // events, for certain
  for (std::size_t event = 0; event < log.events.size(); ++event) {
    first_write_.push_back(writes_.size());
    first_pending_.push_back(first_write_[durable]);
    const DiskEvent& one = log.events[event];
    const std::string_view bytes = one.bytes;
    for (std::size_t at = 0, size = 0; at < bytes.size(); at += size) {
      size = std::min<std::size_t>(bytes.size() - at, piece - (one.offset + at) % piece);
      writes_.push_back({.sector = (one.offset + at) / kSectorBytes,
                         .event = event,
                         .bytes = bytes.substr(at, size),
                         .durable = one.durable});
      for (std::uint64_t s = writes_.back().sector; s < writes_.back().end(); ++s) {
        if (!before_.contains(s)) before_.emplace(s, before(s));
      }
    }
    if (one.kind == DiskEvent::Kind::flush) {
      durable = std::max(durable, event - std::min<std::size_t>(one.unanswered, event));
    }
  }
  first_write_.push_back(writes_.size());
  first_pending_.push_back(first_write_[durable]);
}

std::size_t WriteHistory::end_of(const DiskState& state) const {
  return std::min(first_write_[state.cut], state.reached);
}

std::size_t WriteHistory::lost_in(const DiskState& state) const {
  return state.lost.size() + (first_write_[state.cut] - end_of(state));
}

SectorContents WriteHistory::contents(const DiskState& state) const {
  SectorContents disk;
  auto lost = state.lost.begin();
  for (std::size_t i = 0; i < end_of(state); ++i) {
    if (lost != state.lost.end() && *lost == i) {
      ++lost;
      continue;
    }
    const SectorWrite& write = writes_[i];
    if (state.torn != i) {
      for (std::uint64_t s = write.sector; s < write.end(); ++s) {
        disk[s] = write.bytes.substr((s - write.sector) * kSectorBytes, kSectorBytes);
      }
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

namespace {

/// From the first one's first to the last one's last, which are of one event.
std::string sectors_text(const SectorWrite& first, const SectorWrite& last) {
  if (last.end() == first.sector + 1) return fmt::format("sector {}", first.sector);
  return fmt::format("sectors {} to {}", first.sector, last.end() - 1);
}

}  // namespace

std::string state_text(const WriteHistory& history, const DiskState& state) {
  constexpr std::size_t kNamed = 6;
  const std::vector<SectorWrite>& writes = history.writes();
  std::vector<std::string> parts;
  if (!state.lost.empty()) {
    std::string text;
    for (std::size_t i = 0; i < std::min(state.lost.size(), kNamed); ++i) {
      const SectorWrite& write = writes[state.lost[i]];
      text += fmt::format("{}{} of event {}", i == 0 ? "" : ", ", sectors_text(write, write),
                          write.event + 1);
    }
    if (state.lost.size() > kNamed) {
      text += fmt::format(" and {} more", grouped(state.lost.size() - kNamed));
    }
    parts.push_back(text + " lost");
  }
  if (const std::size_t end = history.end_of(state); end < history.first_write(state.cut)) {
    const SectorWrite& last = writes[history.first_write(state.cut) - 1];
    parts.push_back(
        fmt::format("{} of event {} lost", sectors_text(writes[end], last), last.event + 1));
  }
  if (state.torn) {
    const SectorWrite& write = writes[*state.torn];
    parts.push_back(fmt::format("only the {} half of sector {} of event {} written",
                                state.first_half ? "first" : "second", write.sector,
                                write.event + 1));
  }
  return parts.empty() ? "nothing lost" : fmt::format("{}", fmt::join(parts, "; "));
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
