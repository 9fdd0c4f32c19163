// What a guest did to its disk in one boot, in order: the writes and flushes that a power cut can
// fall between. Plain data; machine/disk_server.h records it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace harness {

/// A power cut keeps a sector or loses it, or keeps half of it.
inline constexpr std::uint64_t kSectorBytes = 512;

struct DiskEvent {
  enum class Kind { write, flush };
  Kind kind = Kind::write;
  std::uint64_t offset = 0;  // of a write, bytes
  std::string bytes = {};
  bool durable = false;    // a write that is on the disk when it has returned (FUA)
  std::uint64_t said = 0;  // serial bytes of the guest that came before it
  // Of a flush: of the events just before it, those that had not been answered when it came. A disk
  // need not make these durable.
  std::uint64_t unanswered = 0;
  friend bool operator==(const DiskEvent&, const DiskEvent&) = default;
};

struct DiskLog {
  std::vector<DiskEvent> events = {};
  std::uint64_t disk_bytes = 0;
  bool overflowed = false;  // more came than is kept (kMaxLogEvents, kMaxLogBytes)
};
inline constexpr std::size_t kMaxLogEvents = 100'000;
inline constexpr std::size_t kMaxLogBytes = 256u << 20;

}  // namespace harness
