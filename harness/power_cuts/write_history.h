// What a guest wrote to a disk, sector by sector, and what is on the disk when the power goes.
// Pure.
//
// The model. A disk keeps what was written before a flush that has returned. Of what came after it,
// each sector is on the disk as it was then or as any later write left it, one by one: a cache
// writes back in any order, and a request of many sectors may be cut anywhere. The sector that is
// being written when the power goes may be half new. A write with force unit access is on the disk
// when it has returned. A flush answers for the writes that had returned when it came, and for no
// others.
//
// A disk may write larger pieces as a whole (`atomic`): sectors of 4 KB behind an interface of 512
// bytes, or a drive that promises it. Then each of the above is said of these pieces, and none is
// ever half new.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/disk_log.h"

namespace harness {

/// What one write wrote to one piece of the disk: to a sector, or to sectors that the disk writes
/// as a whole.
struct SectorWrite {
  std::uint64_t sector = 0;  // the first
  std::size_t event = 0;     // of the log
  std::string_view bytes;    // in the log; whole sectors
  bool durable = false;
  [[nodiscard]] std::uint64_t end() const { return sector + bytes.size() / kSectorBytes; }
};

/// A disk that a power cut can leave: that of all writes before `cut`, but for these.
struct DiskState {
  std::size_t cut = 0;                   // events that had been made
  bool under_way = false;                // the last of them had not returned
  std::vector<std::size_t> lost = {};    // sector writes that are not on the disk, ascending
  std::size_t reached = SIZE_MAX;        // nor are those from this one on
  std::optional<std::size_t> torn = {};  // one that is half there
  bool first_half = true;                // which half
  friend bool operator==(const DiskState&, const DiskState&) = default;
};

/// Contents of sectors that the history wrote.
using SectorContents = std::map<std::uint64_t, std::string>;

class WriteHistory {
 public:
  /// `log` outlives this. `before`: the content of a sector before the first write. `atomic`: bytes
  /// that the disk writes as a whole, a multiple of a sector; unset: sectors, perhaps by half.
  WriteHistory(const DiskLog& log, const std::function<std::string(std::uint64_t)>& before,
               std::optional<std::uint64_t> atomic = std::nullopt);

  [[nodiscard]] const DiskLog& log() const { return log_; }
  [[nodiscard]] std::size_t events() const { return log_.events.size(); }
  /// Whether a piece may be half written.
  [[nodiscard]] bool tears() const { return !atomic_; }
  /// The piece of the disk that a sector lies in.
  [[nodiscard]] std::uint64_t piece_of(std::uint64_t sector) const {
    return sector / (atomic_.value_or(kSectorBytes) / kSectorBytes);
  }
  /// Every piece of every write, in order.
  [[nodiscard]] const std::vector<SectorWrite>& writes() const { return writes_; }
  /// The first sector write of an event, or of what comes after it; writes().size() behind the
  /// last.
  [[nodiscard]] std::size_t first_write(std::size_t event) const { return first_write_[event]; }
  /// Where the sector writes begin that no flush before `cut` has made durable.
  [[nodiscard]] std::size_t first_pending(std::size_t cut) const { return first_pending_[cut]; }

  /// Where the sector writes end that the disk of a state may hold.
  [[nodiscard]] std::size_t end_of(const DiskState& state) const;
  /// How many sector writes before its cut a state lacks.
  [[nodiscard]] std::size_t lost_in(const DiskState& state) const;

  /// The sectors of which the disk of a state differs from that before the first write.
  [[nodiscard]] SectorContents contents(const DiskState& state) const;
  /// What was there before.
  [[nodiscard]] const SectorContents& before() const { return before_; }

 private:
  const DiskLog& log_;
  std::optional<std::uint64_t> atomic_;
  std::vector<SectorWrite> writes_;
  std::vector<std::size_t> first_write_, first_pending_;  // by event, and behind the last
  SectorContents before_;
};

/// The same for two states with the same disk, and for no others (SHA-256).
std::string disk_identity(const SectorContents& contents);

/// "write of 2 sectors at 4096", "flush".
std::string event_text(const DiskEvent& event);
/// "nothing lost", "sector 4098 of event 7 lost; only the first half of sector 4099 of event 7
/// written"; of larger pieces "sectors 4096 to 4103 of event 7 lost".
std::string state_text(const WriteHistory& history, const DiskState& state);

/// Why the states of a log cannot be tried, or empty.
std::string fault_of(const DiskLog& log);

}  // namespace harness
